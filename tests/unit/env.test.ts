import { expect, test } from 'vitest';
import { EnvironmentError, parseEnv } from '../../gateway/env';

const COMPLETE = {
  CLERK_SECRET_KEY: 'sk_test_abc',
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: 'pk_test_Y2xlcmsuZXhhbXBsZS5jb20k',
  SUPABASE_URL: 'https://abc.supabase.co/',
  SUPABASE_ANON_KEY: 'sb_publishable_abc',
};

function problems(variables: Record<string, string>): Readonly<Record<string, string>> {
  try {
    parseEnv(variables);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
  }
  return {};
}

test('every missing variable is named at once', () => {
  expect(Object.keys(problems({})).sort()).toEqual(Object.keys(COMPLETE).sort());
});

test('an empty variable counts as missing', () => {
  expect(problems({ ...COMPLETE, SUPABASE_URL: '' })).toEqual({
    SUPABASE_URL: expect.stringMatching(/missing/),
  });
});

test('what is left out has its documented default', () => {
  expect(parseEnv(COMPLETE)).toMatchObject({
    clerk: { jwtKey: undefined, apiUrl: undefined },
    supabase: { url: 'https://abc.supabase.co', jwtTemplate: undefined },
    http: undefined,
    graphql: undefined,
    url: undefined,
    origins: [],
    signedOut: 'anonymous',
    documents: 'any',
    introspection: true,
    timeoutMs: 5_000,
    drainMs: 5_000,
    logLevel: 'info',
  });
});

test.each([
  ['introspection', 'GATEWAY_INTROSPECTION'],
  ['graphiql', 'GATEWAY_GRAPHIQL'],
] as const)('%s is off in production unless it is switched on', (key, variable) => {
  expect(parseEnv({ ...COMPLETE, NODE_ENV: 'production' })[key]).toBe(false);
  expect(parseEnv({ ...COMPLETE, NODE_ENV: 'production', [variable]: 'on' })[key]).toBe(true);
  expect(parseEnv({ ...COMPLETE, [variable]: 'off' })[key]).toBe(false);
});

test('origins are read as a list', () => {
  const { origins } = parseEnv({
    ...COMPLETE,
    GATEWAY_ORIGINS: ' https://a.example , http://localhost:8080,',
  });
  expect(origins).toEqual(['https://a.example', 'http://localhost:8080']);
});

test.each([
  ['CLERK_SECRET_KEY', 'pk_test_abc'],
  ['NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY', 'sk_test_abc'],
  ['CLERK_JWT_KEY', '-----BEGIN PUBLIC KEY-----\\nMIIB\\n-----END PUBLIC KEY-----'],
  ['CLERK_JWT_KEY', 'MIIB'],
  ['CLERK_API_URL', 'api.clerk.com'],
  ['SUPABASE_URL', 'ftp://abc.supabase.co'],
  ['SUPABASE_JWT_TEMPLATE', 'no/such'],
  ['HTTP_API_URL', 'rows.example.com'],
  ['HTTP_API_JWT_TEMPLATE', 'no/such'],
  ['GRAPHQL_API_URL', 'ws://hasura.example.com'],
  ['GRAPHQL_API_JWT_TEMPLATE', 'no/such'],
  ['GATEWAY_URL', 'https://app.example.com/path'],
  ['GATEWAY_ORIGINS', 'https://a.example,https://b.example/'],
  ['GATEWAY_ORIGINS', '*'],
  ['GATEWAY_SIGNED_OUT', 'maybe'],
  ['GATEWAY_INTROSPECTION', 'true'],
  ['GATEWAY_TIMEOUT_MS', 'soon'],
  ['GATEWAY_TIMEOUT_MS', '0'],
  ['GATEWAY_LOG_LEVEL', 'loud'],
])('%s=%s is refused by name, and the value is not repeated', (variable, value) => {
  const found = problems({ ...COMPLETE, [variable]: value });
  expect(Object.keys(found)).toEqual([variable]);
  if (value.length > 5) expect(found[variable]).not.toContain(value);
});

test('a public key is taken with and without line breaks', () => {
  for (const key of [
    '-----BEGIN PUBLIC KEY-----MIIB-----END PUBLIC KEY-----',
    '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n',
  ])
    expect(parseEnv({ ...COMPLETE, CLERK_JWT_KEY: key }).clerk.jwtKey).toBe(key);
});
