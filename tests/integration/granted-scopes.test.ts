import { graphqlSync } from 'graphql';
import { beforeEach, expect, test } from 'vitest';
import { GatehouseError } from '../../errors/gatehouse-error';
import { createBuilder } from '../../schema';
import type { Entitlement, UserAuth } from '../../sources/ports';

const LATELY = { level: 'first_factor', afterMinutes: 10 } as const;
const ROWS = Array.from({ length: 3 }, (_, index) => ({ id: String(index) }));
const ADMIN = { role: 'org:admin' };

/** What rules have asked about callers, and rows. */
let asked: string[] = [];

const builder = createBuilder();

const Closed = builder.interfaceRef<{ id: string }>('Closed').implement({
  authScopes: ADMIN,
  resolveType: () => 'Row',
  fields: (t) => ({ inherited: t.exposeID('id') }),
});
const Row = builder.objectRef<{ id: string }>('Row').implement({
  interfaces: [Closed],
  authScopes: { signedIn: true },
  fields: (t) => ({
    id: t.exposeID('id'),
    plan: t.exposeID('id', { authScopes: { plan: 'org:team' } }),
    lately: t.exposeID('id', { authScopes: { reverification: LATELY } }),
    both: t.exposeID('id', {
      authScopes: { $all: { plan: 'org:team', reverification: LATELY } },
    }),
    judged: t.exposeID('id', {
      whoMayAsk: 'whoever the row is for',
      authScopes: ({ id }) => {
        asked.push(id);
        return { signedIn: true };
      },
    }),
  }),
});
const Open = builder.objectRef<{ id: string }>('Open').implement({
  authScopes: { signedIn: true },
  fields: (t) => ({
    id: t.exposeID('id'),
    always: t.exposeID('id', { authScopes: { plan: 'org:team' } }),
  }),
});
const Sometimes = builder.objectRef<{ id: string }>('Sometimes').implement({
  authScopes: ADMIN,
  fields: (t) => ({
    left: t.exposeID('id', { skipTypeScopes: true, authScopes: { signedIn: true } }),
    held: t.exposeID('id', { authScopes: { signedIn: true } }),
  }),
});
const Granting = builder.objectRef<{ id: string }>('Granting').implement({
  public: true,
  grantScopes: ({ id }) => (id === '1' ? ['reader'] : []),
  fields: (t) => ({
    text: t.exposeID('id', { authScopes: { $granted: 'reader' } }),
  }),
});
const Granted = builder.objectRef<{ id: string }>('Granted').implement({
  public: true,
  fields: (t) => ({ text: t.exposeID('id', { authScopes: { $granted: 'reader' } }) }),
});

builder.queryType({
  fields: (t) => ({
    rows: t.field({ type: [Row], public: true, resolve: () => ROWS }),
    open: t.field({ type: Open, public: true, resolve: () => ({ id: '1' }) }),
    sometimes: t.field({ type: Sometimes, public: true, resolve: () => ({ id: '1' }) }),
    granting: t.field({
      type: [Granting],
      public: true,
      resolve: () => ROWS,
    }),
    reading: t.field({
      type: Granted,
      authScopes: { signedIn: true },
      grantScopes: ['reader'],
      resolve: () => ({ id: '1' }),
    }),
    looking: t.field({ type: Granted, authScopes: { signedIn: true }, resolve: () => ({ id: '1' }) }),
    role: t.boolean({ authScopes: ADMIN, resolve: () => true }),
  }),
});
const schema = builder.toSchema();

beforeEach(() => {
  asked = [];
});

/** A user with all that is named; what they have may be changed behind their back. */
function user(...having: string[]): UserAuth & { readonly having: string[] } {
  return Object.freeze({
    kind: 'user',
    userId: 'user_ada',
    sessionId: 'sess_1',
    tokenExpiresAt: new Date(),
    organization: null,
    actorId: null,
    userUpdatedAt: null,
    having,
    has(entitlement: Entitlement) {
      const [[kind, value] = []] = Object.entries(entitlement);
      asked.push(String(kind));
      return having.includes(kind === 'reverification' ? kind : String(value));
    },
  });
}

/** One request. */
function ask(auth: UserAuth, source: string) {
  const { data, errors = [] } = graphqlSync({ schema, source, contextValue: Object.freeze({ auth }) });
  const denials = errors.map(({ originalError, path }) => ({
    code: originalError instanceof GatehouseError ? originalError.code : null,
    details: originalError instanceof GatehouseError ? originalError.details : null,
    path: path?.join('.'),
  }));
  return { data, denials };
}

const admin = () => user('org:admin', 'org:team', 'reverification');

test('rules of which the token is all they depend on are asked once for a token', () => {
  const auth = admin();
  for (let request = 0; request < 3; request += 1)
    expect(ask(auth, '{ rows { id plan inherited } role }').denials).toEqual([]);
  expect(asked.toSorted()).toEqual(['plan', 'role']);
});

test('what one caller may, another one may not for that', () => {
  const member = user();
  const denied = ask(member, '{ role }');
  expect(denied).toMatchObject({ data: { role: null }, denials: [{ code: 'FORBIDDEN', path: 'role' }] });
  expect(ask(admin(), '{ role }').denials).toEqual([]);
  expect(ask(member, '{ role }')).toEqual(denied);
  expect(ask(user(), '{ role }')).toEqual(denied);
});

test('whoever is denied is judged each time', () => {
  const auth = user();
  expect(ask(auth, '{ role }').denials).toHaveLength(1);
  auth.having.push('org:admin');
  expect(ask(auth, '{ role }').denials).toEqual([]);
});

test('a caller who is no frozen object, and may change, is judged in each request', () => {
  const auth = { ...admin() };
  expect(ask(auth, '{ role }').denials).toEqual([]);
  auth.having.length = 0;
  expect(ask(auth, '{ role }').denials).toHaveLength(1);
});

test('a rule that is a function is asked for each object', () => {
  const auth = admin();
  ask(auth, '{ rows { judged } }');
  ask(auth, '{ rows { judged } }');
  expect(asked.filter((each) => each !== 'role')).toEqual([...ROWS, ...ROWS].map(({ id }) => id));
});

test('whether users confirmed lately who they are is asked in each request, also beside other rules', () => {
  const auth = admin();
  expect(ask(auth, '{ rows { lately both } }').denials).toEqual([]);
  auth.having.splice(auth.having.indexOf('reverification'));
  const { data, denials } = ask(auth, '{ rows { lately both id } }');
  expect(denials).toHaveLength(2 * ROWS.length);
  expect(new Set(denials.map(({ code }) => code))).toEqual(new Set(['REVERIFICATION_REQUIRED']));
  expect(data).toEqual({ rows: ROWS.map(({ id }) => ({ lately: null, both: null, id })) });
});

test('the rules of types and interfaces hold beside equal rules of fields', () => {
  const auth = user('org:team');
  expect(ask(auth, '{ open { id always } }').denials).toEqual([]);
  for (const field of ['id', 'plan', 'inherited'])
    expect(ask(auth, `{ rows { ${field} } open { id always } }`).denials, field).toMatchObject(
      ROWS.map((_row, index) => ({ code: 'FORBIDDEN', path: `rows.${index}.${field}` })),
    );
});

test('a field that leaves the rules of its type behind opens no other', () => {
  const auth = user();
  expect(ask(auth, '{ sometimes { left held } }')).toMatchObject({
    data: { sometimes: { left: '1', held: null } },
    denials: [{ path: 'sometimes.held' }],
  });
});

test('what an object grants it grants for itself', () => {
  const auth = admin();
  for (let request = 0; request < 2; request += 1)
    expect(ask(auth, '{ granting { text } }')).toMatchObject({
      data: { granting: [{ text: null }, { text: '1' }, { text: null }] },
      denials: [{ path: 'granting.0.text' }, { path: 'granting.2.text' }],
    });
});

test('what a field grants it grants for what is below it, in each request', () => {
  const auth = admin();
  for (let request = 0; request < 2; request += 1)
    expect(ask(auth, '{ looking { text } reading { text } }')).toMatchObject({
      data: { reading: { text: '1' }, looking: { text: null } },
      denials: [{ path: 'looking.text' }],
    });
});

test('what was granted under one schema is granted under no other', () => {
  const strict = createBuilder();
  strict.queryType({ fields: (t) => ({ role: t.boolean({ authScopes: ADMIN, resolve: () => true }) }) });
  const auth = admin();
  expect(ask(auth, '{ role }').denials).toEqual([]);
  auth.having.length = 0;
  const { errors } = graphqlSync({ schema: strict.toSchema(), source: '{ role }', contextValue: { auth } });
  expect(errors).toHaveLength(1);
});
