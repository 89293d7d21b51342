import { randomBytes } from 'node:crypto';
import type { TestProject } from 'vitest/node';
import { generateInstanceKeys, type InstanceKeys } from '../../dev/clerk';
import { SEED_USERS } from '../../dev/clerk/seed';
import { serve } from '../../dev/serve';
import { startEngine } from '../../dev/supabase/engine';

declare module 'vitest' {
  interface ProvidedContext {
    instanceKeys: InstanceKeys;
    /** Secret of the JWT template `supabase`, and of the engine. */
    sharedSecret: string;
    engineUrl: string;
    /** How gateways are asked: as a function, which is how Next does it, or as Node's HTTP server serves them. */
    wayIn: 'fetch' | 'node';
  }
}

/** What takes long is started once for all files: the database, and the keys of the Clerk instance it trusts. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const sharedSecret = randomBytes(32).toString('hex');
  const [instanceKeys, engine] = await Promise.all([
    generateInstanceKeys(),
    startEngine({ jwtSecret: sharedSecret, userIds: SEED_USERS.map(({ id }) => id) }),
  ]);
  const service = await serve({
    fetch: (request) => engine.fetch(request),
    port: 0,
    portVariable: 'LOCAL_SUPABASE_PORT',
  });
  project.provide('instanceKeys', instanceKeys);
  project.provide('sharedSecret', sharedSecret);
  project.provide('engineUrl', service.url);
  return async () => {
    await service.close();
    await engine.close();
  };
}
