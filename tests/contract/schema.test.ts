import { readFile } from 'node:fs/promises';
import SchemaBuilder from '@pothos/core';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { schema } from '../../schema';
import { CLASSIFICATION_PLUGIN } from '../../schema/classification';
import { policyTable } from '../../schema/policy';

const SDL_FILE = new URL('../../schema/schema.graphql', import.meta.url);

test('the committed SDL is the schema: run npm run codegen, and read the diff', async () => {
  const committed = await readFile(SDL_FILE, 'utf8');
  expect(`${printSchema(lexicographicSortSchema(schema))}\n`).toBe(`${committed.trim()}\n`);
});

test('the committed policy is the schema: run npm run policy, and read the diff', async () => {
  const committed = await readFile(new URL('../../docs/policy.md', import.meta.url), 'utf8');
  expect(committed).toContain(`\n${policyTable(schema)}\n`);
});

test('everything in the schema is described', () => {
  const undescribed = Object.values(schema.getTypeMap()).flatMap((type) => {
    if (type.name.startsWith('__')) return [];
    const members =
      'getFields' in type ? Object.values(type.getFields()) : 'getValues' in type ? type.getValues() : [];
    return [type, ...members.map(({ name, description }) => ({ name: `${type.name}.${name}`, description }))]
      .filter(({ description }) => !description)
      .map(({ name }) => name);
  });
  // The scalars of GraphQL itself are described by it.
  expect(undescribed).toEqual([]);
});

describe('classification', () => {
  const build = (define: (builder: ReturnType<typeof newBuilder>) => void) => () => {
    const builder = newBuilder();
    define(builder);
    return builder.toSchema();
  };

  test('a field that nobody classified fails the build by name', () => {
    expect(
      build((builder) =>
        builder.queryType({ fields: (t) => ({ secret: t.string({ resolve: () => 'x' }) }) }),
      ),
    ).toThrow(/Query\.secret does not say who may ask/);
  });

  test('a field added to a classified type elsewhere is covered by it', () => {
    const built = build((builder) => {
      builder.queryType({
        authScopes: { signedIn: true },
        fields: (t) => ({ a: t.string({ resolve: () => 'x' }) }),
      });
      builder.queryField('b', (t) => t.string({ resolve: () => 'x' }));
    })();
    expect(built.getQueryType()?.description).toBe('Who may ask: a signed-in user.');
  });

  test('a field of an interface is classified too', () => {
    expect(
      build((builder) => {
        builder.queryType({ fields: (t) => ({ ok: t.string({ public: true, resolve: () => 'x' }) }) });
        builder
          .interfaceRef('Named')
          .implement({ fields: (t) => ({ name: t.string({ resolve: () => 'x' }) }) });
      }),
    ).toThrow(/Named\.name does not say who may ask/);
  });

  test.each([
    ['an empty map', {}],
    ['a scope that is switched off', { signedIn: false }],
  ])('%s is no classification', (_what, authScopes) => {
    expect(
      build((builder) =>
        builder.queryType({ fields: (t) => ({ secret: t.string({ authScopes, resolve: () => 'x' }) }) }),
      ),
    ).toThrow(/Query\.secret does not say/);
  });

  test('leaving the scopes of the type behind without own ones is no classification', () => {
    expect(
      build((builder) =>
        builder.queryType({
          authScopes: { signedIn: true },
          fields: (t) => ({ secret: t.string({ skipTypeScopes: true, resolve: () => 'x' }) }),
        }),
      ),
    ).toThrow(/Query\.secret does not say/);
  });

  test('public inside a scoped type is a contradiction', () => {
    expect(
      build((builder) =>
        builder.queryType({
          authScopes: { signedIn: true },
          fields: (t) => ({ open: t.string({ public: true, resolve: () => 'x' }) }),
        }),
      ),
    ).toThrow(/Query\.open is marked public/);
  });

  test('a function of scopes says in words who may ask', () => {
    const define = (whoMayAsk?: string) =>
      build((builder) =>
        builder.queryType({
          fields: (t) => ({
            a: t.string({
              authScopes: () => ({ signedIn: true }),
              ...(whoMayAsk === undefined ? {} : { whoMayAsk }),
              resolve: () => 'x',
            }),
          }),
        }),
      );
    expect(define()).toThrow(/needs whoMayAsk/);
    expect(define('friends')().getQueryType()?.getFields().a?.description).toBe('Who may ask: friends.');
  });

  test('public and scopes at once is a contradiction', () => {
    expect(
      build((builder) =>
        builder.queryType({
          fields: (t) => ({
            a: t.string({ public: true, authScopes: { signedIn: true }, resolve: () => 'x' }),
          }),
        }),
      ),
    ).toThrow(/cannot have authScopes and be public/);
  });
});

function newBuilder() {
  return new SchemaBuilder<{ AuthScopes: { signedIn: boolean }; DefaultAuthStrategy: 'all' }>({
    plugins: [CLASSIFICATION_PLUGIN, ScopeAuthPlugin],
    scopeAuth: { authScopes: () => ({ signedIn: false }), defaultStrategy: 'all' },
    relay: {},
  } as never);
}
