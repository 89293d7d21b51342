import { auth } from '@clerk/nextjs/server';
import { headers } from 'next/headers';
import { ENDPOINT, processConfig } from '../../../gateway';

/** Whether a service runs on this machine or is the real one. */
export type Place = 'local' | 'real';

/** Who asks for a page, and what answers. */
export interface Situation {
  readonly visitor: Visitor;
  readonly clerk: Place;
  readonly supabase: Place;
  readonly introspection: boolean;
  readonly graphiql: boolean;
  /** URL of the GraphQL endpoint, as the visitor reaches it. */
  readonly endpoint: string;
}

export type Visitor =
  | { readonly kind: 'signed-out' }
  | {
      readonly kind: 'signed-in';
      readonly userId: string;
      readonly organization: { readonly name: string; readonly role: string | undefined } | null;
    };

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** Reads the session token and the environment. Calls nobody. */
export async function situation(): Promise<Situation> {
  const { userId, orgId, orgSlug, orgRole } = await auth();
  const { clerk, supabase, url, introspection, graphiql } = processConfig();
  return {
    visitor:
      userId === null
        ? { kind: 'signed-out' }
        : {
            kind: 'signed-in',
            userId,
            organization: orgId === undefined ? null : { name: orgSlug ?? orgId, role: orgRole },
          },
    clerk: clerk.frontendApiUrl === undefined ? 'real' : 'local',
    supabase: LOOPBACK.includes(new URL(supabase.url).hostname) ? 'local' : 'real',
    introspection,
    graphiql,
    endpoint: `${url ?? (await requestedOrigin())}${ENDPOINT}`,
  };
}

async function requestedOrigin(): Promise<string> {
  const sent = await headers();
  const host = sent.get('x-forwarded-host') ?? sent.get('host') ?? 'localhost';
  return `${sent.get('x-forwarded-proto') ?? 'http'}://${host}`;
}
