import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENDPOINT_URL, startWorld, type World } from '../harness/world';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** How each audit is sent: by somebody signed in or not, to a gateway in either mode. */
const CALLERS = ['signed in', 'signed out'] as const;
const MODES = ['development', 'production'] as const;

let caller: (typeof CALLERS)[number];
let mode: (typeof MODES)[number];

async function fetchFn(input: string, init: RequestInit): Promise<Response> {
  // Some audits introspect, to have a field that takes a variable: production answers that where it is switched on.
  const gateway = world.gatewayWith({ NODE_ENV: mode, GATEWAY_INTROSPECTION: 'on' });
  const request = new Request(input, init);
  if (caller === 'signed in') request.headers.set('authorization', `Bearer ${await world.token('ada')}`);
  return gateway.fetch(request);
}

describe.each(CALLERS)('%s', (who) => {
  describe.each(MODES)('in %s', (where) => {
    test.each(serverAudits({ url: ENDPOINT_URL, fetchFn }).map((audit) => [audit.name, audit] as const))(
      '%s',
      async (_name, audit) => {
        caller = who;
        mode = where;
        expect(await audit.fn()).toMatchObject({ status: 'ok' });
      },
    );
  });
});
