import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ERROR_CODES, type ErrorCode } from '../../errors/codes';
import { GatehouseError } from '../../errors/gatehouse-error';
import { createBuilder } from '../../schema';
import { type Answer, send, sendParams } from '../harness/client';
import { startWorld, type World } from '../harness/world';

let world: World;
let sections: ReadonlyMap<string, unknown>;

beforeAll(async () => {
  world = await startWorld();
  const text = await readFile(new URL('../../docs/errors.md', import.meta.url), 'utf8');
  sections = new Map(
    [...text.matchAll(/^## `([A-Z_]+)`\n[^#]*?```json\n([^`]*)```/gm)].map(([, code = '', json = '']) => [
      code,
      JSON.parse(json),
    ]),
  );
});
afterAll(() => world.close());

const ada = (mint = {}) => world.token('ada', mint);
const RENAME = 'mutation { updateProfile(input: { firstName: "a\\nb" }) { viewer { id } } }';
const REVOKE = 'mutation { revokeSession(input: { sessionId: "sess_x" }) { session { id } } }';

/** Codes that no field of the schema answers by itself: resolvers of a schema built on it do. */
const OF_RESOLVERS: readonly ErrorCode[] = ['CONFLICT'];

function ofResolver(code: ErrorCode): Promise<Answer> {
  const builder = createBuilder();
  builder.queryType({
    fields: (t) => ({
      rename: t.boolean({
        public: true,
        resolve: () => {
          throw new GatehouseError(code, MESSAGES[code] ?? '');
        },
      }),
    }),
  });
  return send(world.gatewayWith({}, { schema: builder.toSchema() }), '{ rename }');
}

const MESSAGES: Partial<Record<ErrorCode, string>> = {
  CONFLICT: 'Somebody else took this name in the meantime.',
};

const broken = () => {
  const builder = createBuilder();
  builder.queryType({
    fields: (t) => ({
      report: t.boolean({
        public: true,
        resolve: () => {
          throw new Error('a bug');
        },
      }),
    }),
  });
  return world.gatewayWith({}, { schema: builder.toSchema() });
};

const faulted = async (fault: Parameters<typeof world.supabase.control.inject>[0]['fault']) => {
  world.supabase.control.inject({ fault });
  const gateway = world.gatewayWith({ GATEWAY_TIMEOUT_MS: '300' });
  return send(gateway, '{ externalData { tasks { totalCount } } }', { token: await ada() });
};

/** How to get each of them. */
const EXAMPLES: Readonly<Record<ErrorCode, () => Promise<Answer>>> = {
  UNAUTHENTICATED: () => send(world.gateway, '{ viewer { id } }'),
  TOKEN_EXPIRED: async () => send(world.gateway, '{ viewer { id } }', { token: await ada({ ttl: -30 }) }),
  TOKEN_INVALID: () => send(world.gateway, '{ viewer { id } }', { token: 'x.y.z' }),
  SESSION_PENDING: async () =>
    send(world.gateway, '{ viewer { id } }', {
      token: await ada({ pending: true, claims: { tasks: ['choose-organization'] } }),
    }),
  FORBIDDEN: async () => {
    const organization = world.clerk.state.state.organizations[0];
    return send(world.gateway, '{ viewer { organization { slug members { totalCount } } } }', {
      token: await ada({ claims: { o: { id: organization?.id, slg: 'acme', rol: 'guest' } } }),
    });
  },
  REVERIFICATION_REQUIRED: async () =>
    send(world.gateway, REVOKE, { token: await ada({ claims: { fva: [11, -1] } }) }),
  BAD_USER_INPUT: async () => send(world.gateway, RENAME, { token: await ada() }),
  NOT_FOUND: async () => send(world.gateway, REVOKE, { token: await ada() }),
  CONFLICT: () => ofResolver('CONFLICT'),
  RATE_LIMITED: () => faulted({ kind: 'status', status: 429, retryAfter: 7 }),
  UPSTREAM_UNAVAILABLE: () => faulted({ kind: 'status', status: 502 }),
  UPSTREAM_TIMEOUT: () => faulted({ kind: 'hang' }),
  QUERY_TOO_COMPLEX: () => send(world.gateway, `{ ${'a: __typename '.repeat(31)} }`),
  BAD_REQUEST: () => send(world.gateway, '{ viewer { id } }', { headers: { 'content-type': 'text/plain' } }),
  REQUEST_ENTITY_TOO_LARGE: () => send(world.gateway, `# ${'x'.repeat(1_000_000)}`),
  GRAPHQL_PARSE_FAILED: () => send(world.gateway, '{ viewer { id }'),
  GRAPHQL_VALIDATION_FAILED: () => send(world.gateway, '{ viewr { id } }'),
  PERSISTED_QUERY_NOT_FOUND: () =>
    sendParams(world.gateway, { extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }),
  INTERNAL_SERVER_ERROR: () => send(broken(), '{ report }'),
};

test.each(ERROR_CODES)('the example of %s in docs/errors.md is what the gateway answers', async (code) => {
  const { errors, data } = await EXAMPLES[code]();
  const answer = JSON.parse(
    JSON.stringify({ errors, ...(data === undefined ? {} : { data }) }, (key, value) =>
      key === 'requestId' ? '5f0c1d0e-8d0b-4f57-9b7e-2f1f6a1f0c11' : value,
    ),
  );
  expect(sections.get(code)).toEqual(answer);
  expect(errors.map(({ extensions }) => extensions.code)).toContain(code);
});

test('only codes that no field answers by itself are shown with a resolver that throws them', async () => {
  const text = await readFile(new URL('../../docs/errors.md', import.meta.url), 'utf8');
  for (const code of OF_RESOLVERS)
    expect(text.split(`## \`${code}\``)[1]?.split('\n## ')[0]).toMatch(/No (field|limit)/);
});
