import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Gateway } from '../../gateway';
import { send } from '../harness/client';
import { scopedSchema } from '../harness/scoped-schema';
import { startWorld, type World } from '../harness/world';

let world: World;
let gateway: Gateway;

beforeAll(async () => {
  world = await startWorld();
  gateway = world.gatewayWith({}, { schema: scopedSchema });
});
afterAll(() => world.close());

const admin = (claims = {}) => world.token('ada', { org: 'acme', claims });
const member = (claims = {}) => world.token('grace', { org: 'acme', claims });
const personal = (claims = {}) => world.token('ada', { claims });
const impersonated = () => world.token('ada', { org: 'acme', actor: { sub: 'user_x' } });
const pending = () => world.token('ada', { org: 'acme', pending: true });
const nobody = () => Promise.resolve(undefined);
const apiKey = () => Promise.resolve('ak_local_ada_valid');
const machine = () => Promise.resolve('mt_local_nightly_valid');
const oauth = () => Promise.resolve('oat_local_ada_valid');

type Caller = () => Promise<string | undefined>;

/** For each field of the schema who passes, and who does not, and why. */
const VERDICTS: Readonly<
  Record<string, { readonly pass: readonly Caller[]; readonly fail: readonly (readonly [Caller, object])[] }>
> = {
  authenticated: {
    pass: [personal, apiKey, machine, oauth, impersonated],
    fail: [
      [nobody, { code: 'UNAUTHENTICATED' }],
      [pending, { code: 'SESSION_PENDING' }],
    ],
  },
  sessionToken: {
    pass: [personal],
    fail: [apiKey, machine, oauth].map((who) => [
      who,
      { code: 'FORBIDDEN', requires: [{ tokenType: 'session_token' }] },
    ]),
  },
  apiKey: {
    pass: [apiKey],
    fail: [personal, machine, oauth].map((who) => [
      who,
      { code: 'FORBIDDEN', requires: [{ tokenType: 'api_key' }] },
    ]),
  },
  m2mToken: {
    pass: [machine],
    fail: [personal, apiKey, oauth].map((who) => [
      who,
      { code: 'FORBIDDEN', requires: [{ tokenType: 'm2m_token' }] },
    ]),
  },
  oauthToken: {
    pass: [oauth],
    fail: [personal, apiKey, machine].map((who) => [
      who,
      { code: 'FORBIDDEN', requires: [{ tokenType: 'oauth_token' }] },
    ]),
  },
  tokenScope: {
    pass: [apiKey],
    fail: [
      // A session token is not granted scopes, whatever claim it has.
      [() => personal({ scopes: ['invoices:read'], scp: ['invoices:read'] }), { code: 'FORBIDDEN' }],
      [oauth, { code: 'FORBIDDEN', requires: [{ tokenScope: 'invoices:read' }] }],
    ],
  },
  apiKeyWithScope: {
    pass: [],
    fail: [
      [apiKey, { code: 'FORBIDDEN', requires: [{ tokenScope: 'profile' }] }],
      [oauth, { code: 'FORBIDDEN', requires: [{ tokenType: 'api_key' }] }],
    ],
  },
  signedIn: {
    pass: [personal, impersonated],
    fail: [
      [nobody, { code: 'UNAUTHENTICATED' }],
      [pending, { code: 'SESSION_PENDING' }],
      [apiKey, { code: 'FORBIDDEN', requires: [{ signedIn: true }] }],
      [machine, { code: 'FORBIDDEN', requires: [{ signedIn: true }] }],
      [oauth, { code: 'FORBIDDEN', requires: [{ signedIn: true }] }],
    ],
  },
  inPerson: {
    pass: [personal],
    fail: [
      [impersonated, { code: 'FORBIDDEN', requires: [{ inPerson: true }] }],
      [oauth, { code: 'FORBIDDEN', requires: [{ inPerson: true }] }],
    ],
  },
  role: {
    pass: [admin],
    fail: [
      [member, { code: 'FORBIDDEN', requires: [{ role: 'org:admin' }] }],
      [personal, { code: 'FORBIDDEN' }],
      [pending, { code: 'SESSION_PENDING' }],
      [apiKey, { code: 'FORBIDDEN' }],
    ],
  },
  permission: {
    pass: [admin],
    fail: [
      [member, { code: 'FORBIDDEN', requires: [{ permission: 'org:invoices:create' }] }],
      [personal, { code: 'FORBIDDEN' }],
      [machine, { code: 'FORBIDDEN' }],
    ],
  },
  feature: {
    pass: [admin, member],
    fail: [
      [personal, { code: 'FORBIDDEN', requires: [{ feature: 'org:reports' }] }],
      [() => member({ fea: 'o:invoices' }), { code: 'FORBIDDEN' }],
    ],
  },
  plan: {
    pass: [member],
    fail: [
      [personal, { code: 'FORBIDDEN', requires: [{ plan: 'org:team' }] }],
      [() => member({ pla: 'o:free' }), { code: 'FORBIDDEN' }],
    ],
  },
  userPlan: {
    pass: [() => world.token('alan')],
    fail: [[() => world.token('alan', { claims: { pla: 'u:pro' } }), { code: 'FORBIDDEN' }]],
  },
  lately: {
    pass: [() => personal({ fva: [0, -1] }), () => personal({ fva: [9, -1] })],
    fail: [
      [
        () => personal({ fva: [11, -1] }),
        { code: 'REVERIFICATION_REQUIRED', level: 'first_factor', afterMinutes: 10 },
      ],
      [() => personal({ fva: undefined }), { code: 'REVERIFICATION_REQUIRED' }],
      [apiKey, { code: 'FORBIDDEN' }],
    ],
  },
  secondFactor: {
    pass: [() => personal({ fva: [30, 1] })],
    fail: [
      [
        () => personal({ fva: [0, 11] }),
        { code: 'REVERIFICATION_REQUIRED', level: 'second_factor', afterMinutes: 10 },
      ],
    ],
  },
  // CVE-2026-42349: of a permission and a reverification in one call, Clerk's SDK once checked one.
  both: {
    pass: [() => admin({ fva: [0, -1] })],
    fail: [
      [
        () => member({ fva: [0, -1] }),
        { code: 'FORBIDDEN', requires: [{ permission: 'org:invoices:create' }] },
      ],
      [() => admin({ fva: [11, -1] }), { code: 'REVERIFICATION_REQUIRED' }],
      [() => member({ fva: [11, -1] }), { code: 'FORBIDDEN' }],
    ],
  },
  either: {
    pass: [admin, member],
    fail: [
      [
        personal,
        { code: 'FORBIDDEN', requires: [{ role: 'org:admin' }, { permission: 'org:invoices:read' }] },
      ],
    ],
  },
  allOfAny: {
    pass: [admin],
    fail: [
      [member, { code: 'FORBIDDEN' }],
      [() => admin({ pla: 'o:free' }), { code: 'FORBIDDEN' }],
    ],
  },
  broken: {
    pass: [],
    fail: [
      [admin, { code: 'FORBIDDEN' }],
      [nobody, { code: 'UNAUTHENTICATED' }],
    ],
  },
  brokenLater: {
    pass: [],
    fail: [
      [admin, { code: 'FORBIDDEN' }],
      [nobody, { code: 'UNAUTHENTICATED' }],
    ],
  },
};

for (const [field, { pass, fail }] of Object.entries(VERDICTS))
  describe(`the scopes of the field "${field}"`, () => {
    test.each(pass.map((who, index) => [index + 1, who] as const))('let caller %i in', async (_n, who) => {
      const { status, data, errors } = await send(gateway, `{ ${field} }`, { token: await who() });
      expect({ status, data, errors }).toEqual({ status: 200, data: { [field]: true }, errors: [] });
    });

    test.each(fail.map(([who, why], index) => [index + 1, who, why] as const))(
      'keep caller %i out, and say why',
      async (_n, who, why) => {
        const { data, errors } = await send(gateway, `{ open ${field} }`, { token: await who() });
        expect(data).toEqual({ open: true, [field]: null });
        expect(errors).toMatchObject([{ path: [field], extensions: why }]);
      },
    );
  });

test.each(['broken', 'brokenLater'])(
  'a rule that is %s tells the caller no and the log why',
  async (field) => {
    const answer = await send(gateway, `{ ${field} }`, { token: await admin() });
    expect(answer.status).toBe(403);
    expect(JSON.stringify(answer)).not.toContain('hunter2');
    expect(world.log.findLast(({ path }) => path !== undefined)).toMatchObject({
      path: [field],
      code: 'FORBIDDEN',
      error: { cause: { message: 'password of the rule: hunter2' } },
    });
  },
);

test('a rule of an argument is judged for each value by itself', async () => {
  const { data, codes } = await send(
    gateway,
    '{ a: ofArgument(role: "org:admin") b: ofArgument(role: "org:owner") c: ofArgument(role: "org:admin") }',
    { token: await admin() },
  );
  expect(data).toEqual({ a: true, b: null, c: true });
  expect(codes).toEqual(['FORBIDDEN']);
});

describe('what an admin may see and a member may not', () => {
  /** Every way to the second document, and where the answer holds it. */
  const WAYS: readonly (readonly [string, string])[] = [
    ['directly', '{ paper: secret(id: 2) { name text } }'],
    ['through an interface', '{ paper: named(id: 2) { name } }'],
    ['through an inline fragment on an interface', '{ paper: named(id: 2) { ... on Secret { name text } } }'],
    ['through an inline fragment on a union', '{ paper: paper(id: 2) { ... on Secret { text } } }'],
    ['through the interface of a union', '{ paper: paper(id: 2) { ... on Named { name } } }'],
    ['through a named fragment', '{ paper: paper(id: 2) { ...S } } fragment S on Secret { name text }'],
    [
      'through nested fragments',
      '{ paper: paper(id: 2) { ...N } } fragment N on Named { ... on Secret { text } name }',
    ],
    ['through itself', '{ paper: secret(id: 2) { self { self { name text } } } }'],
  ];

  test.each(WAYS)('%s stays denied to the member, and open to the admin', async (_way, query) => {
    const denied = await send(gateway, query, { token: await member() });
    expect(denied.codes.length).toBeGreaterThan(0);
    expect(new Set(denied.codes)).toEqual(new Set(['FORBIDDEN']));
    expect(JSON.stringify(denied.data)).not.toMatch(/secret of|Document 2/);
    const allowed = await send(gateway, query, { token: await admin() });
    expect(allowed.errors).toEqual([]);
    expect(JSON.stringify(allowed.data)).toMatch(/secret of 2|Document 2/);
  });

  test('a list of mixed rights has an error for each denied item, and leaks nothing', async () => {
    const query = '{ papers { ... on Note { text } ... on Secret { text } } names { name } }';
    const { status, data, errors } = await send(gateway, query, { token: await member() });
    expect(status).toBe(200);
    expect(data.papers).toEqual([{ text: 'for everybody' }, { text: null }, { text: 'for everybody' }]);
    expect(data.names).toEqual([{ name: 'Document 1' }, { name: null }, { name: 'Document 3' }]);
    expect(errors.map(({ path }) => path)).toEqual([
      ['papers', 1, 'text'],
      ['names', 1, 'name'],
    ]);
  });

  test('reached by several ways in one operation it gets one decision', async () => {
    const query =
      '{ a: secret(id: 2) { text } b: named(id: 2) { ... on Secret { text } } c: paper(id: 2) { ... on Secret { text } } papers { ... on Secret { text } } }';
    const denied = await send(gateway, query, { token: await member() });
    expect(denied.codes).toEqual(Array(4).fill('FORBIDDEN'));
    expect((await send(gateway, query, { token: await admin() })).errors).toEqual([]);
  });
});

test('callers whose requests are on their way at the same time get each their own decision', async () => {
  const tokens = await Promise.all([admin(), member(), nobody(), pending(), apiKey(), oauth()]);
  const answers = await Promise.all(
    Array.from({ length: 300 }, (_, index) => send(gateway, '{ open role }', { token: tokens[index % 6] })),
  );
  for (const [index, { data }] of answers.entries())
    expect(data).toEqual({ open: true, role: index % 6 === 0 ? true : null });
});
