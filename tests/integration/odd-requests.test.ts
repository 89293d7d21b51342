import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Gateway } from '../../gateway';
import { ENDPOINT_URL, startWorld, type World } from '../harness/world';

let world: World;
let production: Gateway;
let token: string;

beforeAll(async () => {
  world = await startWorld();
  production = world.gatewayWith({ NODE_ENV: 'production' });
  token = await world.token('ada', { ttl: 3_600 });
});
beforeEach(() => world.clerk.control.clear());
afterAll(() => world.close());

const RENAME = 'mutation { updateProfile(input: { firstName: "Mallory" }) { viewer { firstName } } }';

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: BodyInit;
  readonly search?: string;
}

async function request({ method = 'POST', headers = {}, body, search = '' }: Sent) {
  const response = await production.fetch(
    new Request(`${ENDPOINT_URL}${search}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body === undefined ? {} : { body }),
    }),
  );
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const JSON_TYPE = { 'content-type': 'application/json' };
const json = (value: unknown) => JSON.stringify(value);
const query = (text: string) => `?query=${encodeURIComponent(text)}`;

function multipart(map: string): FormData {
  const form = new FormData();
  form.append('operations', json({ query: RENAME, variables: { file: null } }));
  form.append('map', map);
  form.append('0', new Blob(['x']), 'x.txt');
  return form;
}

/** What is sent, and the status that the specification, or HTTP itself, gives. */
const ODD: Readonly<Record<string, readonly [Sent, number]>> = {
  'multipart with __proto__ in its map': [{ body: multipart('{"__proto__":["variables.file"]}') }, 415],
  'multipart with a map into the prototype': [{ body: multipart('{"0":["__proto__.polluted"]}') }, 415],
  urlencoded: [{ body: new URLSearchParams({ query: RENAME }) }, 415],
  'text/plain': [{ headers: { 'content-type': 'text/plain' }, body: json({ query: RENAME }) }, 415],
  'no content type': [{ body: new Blob([json({ query: RENAME })]) }, 415],
  'application/graphql': [{ headers: { 'content-type': 'application/graphql' }, body: RENAME }, 415],
  'a type that begins like JSON': [
    { headers: { 'content-type': 'application/jsonp' }, body: json({ query: RENAME }) },
    415,
  ],
  'an exotic charset': [
    { headers: { 'content-type': 'application/json; charset=utf-7' }, body: json({ query: RENAME }) },
    415,
  ],
  'UTF-16': [
    {
      headers: { 'content-type': 'application/json; charset=utf-16le' },
      body: Buffer.from(json({ query: RENAME }), 'utf16le'),
    },
    415,
  ],
  'two types': [
    { headers: { 'content-type': 'application/json, text/plain' }, body: json({ query: RENAME }) },
    415,
  ],
  'a byte order mark': [{ headers: JSON_TYPE, body: `\uFEFF${json({ query: RENAME })}` }, 400],
  'invalid UTF-8': [
    {
      headers: JSON_TYPE,
      body: Buffer.concat([Buffer.from('{"query":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]),
    },
    400,
  ],
  'no body': [{ headers: JSON_TYPE }, 400],
  'an empty body': [{ headers: JSON_TYPE, body: '' }, 400],
  'half a body': [{ headers: JSON_TYPE, body: json({ query: RENAME }).slice(0, -3) }, 400],
  'two bodies': [{ headers: JSON_TYPE, body: json({ query: RENAME }).repeat(2) }, 400],
  null: [{ headers: JSON_TYPE, body: 'null' }, 400],
  'a number': [{ headers: JSON_TYPE, body: '1' }, 400],
  'a text': [{ headers: JSON_TYPE, body: json(RENAME) }, 400],
  'a list': [{ headers: JSON_TYPE, body: json([{ query: RENAME }]) }, 400],
  'a query that is no text': [{ headers: JSON_TYPE, body: json({ query: { a: 1 } }) }, 400],
  'variables that are a list': [{ headers: JSON_TYPE, body: json({ query: RENAME, variables: [] }) }, 400],
  'variables that are a text': [{ headers: JSON_TYPE, body: json({ query: RENAME, variables: '{}' }) }, 400],
  'extensions that are a text': [{ headers: JSON_TYPE, body: json({ query: RENAME, extensions: 'x' }) }, 400],
  'an operation name that is a number': [
    { headers: JSON_TYPE, body: json({ query: RENAME, operationName: 7 }) },
    400,
  ],
  'an operation name that names none': [
    { headers: JSON_TYPE, body: json({ query: RENAME, operationName: 'X' }) },
    400,
  ],
  'unknown parameters': [{ headers: JSON_TYPE, body: json({ query: RENAME, surprise: 1 }) }, 400],
  'two operations and no name': [
    {
      headers: JSON_TYPE,
      body: json({
        query: `${RENAME.replace('mutation', 'mutation A')} ${RENAME.replace('mutation', 'mutation B')}`,
      }),
    },
    400,
  ],
  'a subscription': [{ headers: JSON_TYPE, body: json({ query: 'subscription { x }' }) }, 400],
  'GET without a query': [{ method: 'GET' }, 400],
  'a mutation by GET': [{ method: 'GET', search: query(RENAME) }, 405],
  'a mutation by GET beside a query': [
    {
      method: 'GET',
      search: `${query(`query A { __typename } ${RENAME.replace('mutation', 'mutation B')}`)}&operationName=B`,
    },
    405,
  ],
  'GET that accepts message/x': [
    { method: 'GET', search: query('{ __typename }'), headers: { accept: 'message/x' } },
    406,
  ],
  'GET with variables that are no JSON': [
    { method: 'GET', search: `${query('{ __typename }')}&variables=x` },
    400,
  ],
  'GET of nothing known': [{ method: 'GET', search: '?surprise=1' }, 400],
  PUT: [{ method: 'PUT', headers: JSON_TYPE, body: json({ query: RENAME }) }, 405],
  PATCH: [{ method: 'PATCH', headers: JSON_TYPE, body: json({ query: RENAME }) }, 405],
  DELETE: [{ method: 'DELETE' }, 405],
  'OPTIONS from nowhere': [{ method: 'OPTIONS' }, 204],
  'a POST with the query in the address': [{ search: query(RENAME), headers: JSON_TYPE, body: '{}' }, 400],
};

test.each(Object.entries(ODD))('%s', async (what, [sent, status]) => {
  const answer = await request(sent);
  expect({ status: answer.status, text: answer.text.slice(0, 300) }).toMatchObject({ status });
  expect(world.clerk.control.total('PATCH')).toBe(0);
  const allowed = what.startsWith('a mutation') ? ['POST'] : ['GET', 'POST'];
  if (status === 405) expect(answer.headers.get('allow')?.split(', ').sort()).toEqual(allowed);
  if (answer.text === '' || what.startsWith('OPTIONS')) return;
  const { errors } = JSON.parse(answer.text);
  for (const { extensions } of errors) expect(Object.keys(extensions)).not.toContain('originalError');
});

test('HEAD says what GET would, without a body, and changes nothing', async () => {
  const head = await request({ method: 'HEAD', search: query('{ __typename }') });
  expect(head.text).toBe('');
  expect([200, 405]).toContain(head.status);
});

test('the last of equal keys counts, as everywhere in JavaScript, and is judged', async () => {
  const answer = await request({
    headers: JSON_TYPE,
    body: `{"query":"{ __typename }","query":${json('{ __typename x: __typename }')}}`,
  });
  expect(JSON.parse(answer.text)).toEqual({ data: { __typename: 'Query', x: 'Query' } });
});

test('names that mean something to JavaScript are variables like any other', async () => {
  const body =
    '{"query":"query ($__proto__: String) { __typename }","variables":{"__proto__":{"polluted":true},"constructor":1}}';
  const answer = await request({ headers: JSON_TYPE, body });
  expect(answer.status).toBeLessThan(500);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

/** graphql-cop's checks (https://github.com/dolevf/graphql-cop), each against the gateway in production. */
describe('graphql-cop finds nothing', () => {
  const post = (body: object | object[], headers = {}) =>
    request({ headers: { ...JSON_TYPE, ...headers }, body: json(body) });

  test('alias overloading', async () => {
    const aliases = Array.from({ length: 101 }, (_, index) => `alias${index}: __typename`).join(' ');
    expect((await post({ query: `{ ${aliases} }` })).text).toContain('QUERY_TOO_COMPLEX');
  });

  test('array-based batching', async () => {
    expect((await post(Array(10).fill({ query: '{ __typename }' }))).status).toBe(400);
  });

  test('directive overloading', async () => {
    expect((await post({ query: `{ __typename ${'@aa'.repeat(100)} }` })).text).toContain(
      'QUERY_TOO_COMPLEX',
    );
  });

  test('circular query by introspection', async () => {
    const circular =
      '{ __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }';
    expect((await post({ query: circular })).text).toContain('GRAPHQL_VALIDATION_FAILED');
  });

  test('field duplication', async () => {
    const answer = await post({ query: `{ ${'__typename '.repeat(500)} }` });
    expect(answer.text).toContain('QUERY_TOO_COMPLEX');
  });

  test('introspection', async () => {
    expect((await post({ query: '{ __schema { types { name } } }' })).text).not.toContain('"types"');
  });

  test('field suggestions', async () => {
    expect((await post({ query: '{ viewr }' })).text).not.toMatch(/did you mean/i);
  });

  test('GraphiQL at the endpoint', async () => {
    const answer = await request({ method: 'GET', headers: { accept: 'text/html' } });
    expect(answer.text).not.toMatch(/graphiql|<html/i);
  });

  test('GET method query', async () => {
    // Queries by GET are GraphQL over HTTP; they cannot be forged from elsewhere with a visitor's cookies.
    const forged = await production.fetch(
      new Request(`${ENDPOINT_URL}${query('{ __typename }')}`, {
        headers: { 'sec-fetch-site': 'cross-site', cookie: `__session=${token}; __client_uat=1` },
      }),
    );
    expect(forged.status).toBe(403);
  });

  test('GET based mutation', async () => {
    expect((await request({ method: 'GET', search: query('mutation { __typename }') })).status).toBe(405);
  });

  test('POST based urlencoded query', async () => {
    expect((await request({ body: new URLSearchParams({ query: '{ __typename }' }) })).status).toBe(415);
  });

  test('trace mode', async () => {
    const answer = await post({ query: '{ __typename }' }, { 'apollo-federation-include-trace': 'ftv1' });
    expect(answer.text).toBe('{"data":{"__typename":"Query"}}');
  });

  test('unhandled errors', async () => {
    const answer = await post({ query: 'qwerty { abc }' });
    expect(answer.text).not.toMatch(/stack|exception|node_modules/i);
    expect(JSON.parse(answer.text).errors[0].extensions).toEqual({ code: 'GRAPHQL_PARSE_FAILED' });
  });
});
