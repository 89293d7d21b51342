import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { ERROR_CODES } from '../../errors/codes';
import { ENVIRONMENT_VARIABLES } from '../../gateway/env';

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

test('the error codes are these: clients branch on them', () => {
  expect([...ERROR_CODES].sort()).toMatchInlineSnapshot(`
    [
      "BAD_REQUEST",
      "BAD_USER_INPUT",
      "CONFLICT",
      "FORBIDDEN",
      "GRAPHQL_PARSE_FAILED",
      "GRAPHQL_VALIDATION_FAILED",
      "INTERNAL_SERVER_ERROR",
      "NOT_FOUND",
      "PERSISTED_QUERY_NOT_FOUND",
      "QUERY_TOO_COMPLEX",
      "RATE_LIMITED",
      "REQUEST_ENTITY_TOO_LARGE",
      "REVERIFICATION_REQUIRED",
      "SESSION_PENDING",
      "TOKEN_EXPIRED",
      "TOKEN_INVALID",
      "UNAUTHENTICATED",
      "UPSTREAM_TIMEOUT",
      "UPSTREAM_UNAVAILABLE",
    ]
  `);
});

test('each error code has a section in docs/errors.md, and no other name has', async () => {
  const sections = [...(await read('docs/errors.md')).matchAll(/^## `([A-Z_]+)`$/gm)].map(([, code]) => code);
  expect(sections.sort()).toEqual([...ERROR_CODES].sort());
});

test('the environment variables are these: deployments set them', () => {
  expect([...ENVIRONMENT_VARIABLES].sort()).toMatchInlineSnapshot(`
    [
      "CLERK_API_URL",
      "CLERK_FAPI_URL",
      "CLERK_JWT_KEY",
      "CLERK_SECRET_KEY",
      "CLERK_WEBHOOK_SIGNING_SECRET",
      "GATEWAY_ADDRESS_RATE_LIMIT",
      "GATEWAY_CACHE_SECONDS",
      "GATEWAY_CLERK_BUDGET",
      "GATEWAY_COST",
      "GATEWAY_DOCUMENTS",
      "GATEWAY_DRAIN_MS",
      "GATEWAY_EXECUTION",
      "GATEWAY_GRAPHIQL",
      "GATEWAY_INTROSPECTION",
      "GATEWAY_LOG_FORMAT",
      "GATEWAY_LOG_LEVEL",
      "GATEWAY_MAX_ALIASES",
      "GATEWAY_MAX_BATCH",
      "GATEWAY_MAX_BODY_BYTES",
      "GATEWAY_MAX_COST",
      "GATEWAY_MAX_DEPTH",
      "GATEWAY_MAX_DIRECTIVES",
      "GATEWAY_MAX_FRAGMENTS",
      "GATEWAY_MAX_PAGE_SIZE",
      "GATEWAY_MAX_ROOT_FIELDS",
      "GATEWAY_MAX_TOKENS",
      "GATEWAY_MAX_VARIABLES_BYTES",
      "GATEWAY_ORIGINS",
      "GATEWAY_RATE_LIMIT",
      "GATEWAY_SIGNED_OUT",
      "GATEWAY_STALE_SECONDS",
      "GATEWAY_TIMEOUT_MS",
      "GATEWAY_TRUSTED_PROXIES",
      "GATEWAY_URL",
      "GRAPHQL_API_JWT_TEMPLATE",
      "GRAPHQL_API_URL",
      "HTTP_API_JWT_TEMPLATE",
      "HTTP_API_URL",
      "NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY",
      "NODE_ENV",
      "SUPABASE_ANON_KEY",
      "SUPABASE_JWT_TEMPLATE",
      "SUPABASE_URL",
    ]
  `);
});

test('each environment variable that somebody sets is explained in .env.example', async () => {
  const example = await read('.env.example');
  for (const variable of ENVIRONMENT_VARIABLES)
    if (variable !== 'NODE_ENV') expect(example).toMatch(new RegExp(`^#? ?${variable}=`, 'm'));
});
