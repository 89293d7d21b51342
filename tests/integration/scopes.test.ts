import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { judge, type Scopes } from '../../schema/scopes';
import { createClerk } from '../../sources/clerk';
import { send } from '../harness/client';
import { startWorld, type World } from '../harness/world';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => world.clerk.control.reset());
afterAll(() => world.close());

/** The scopes of a caller, as Clerk's SDK sees their token. */
async function scopesOf(token: string) {
  const { secretKey, publishableKey, jwtKey, url } = world.clerk;
  const clerk = createClerk({ secretKey, publishableKey, jwtKey, apiUrl: url });
  const { auth } = await clerk.authenticate(new Headers({ authorization: `Bearer ${token}` }), {
    authorizedParties: [],
    signal: AbortSignal.timeout(5_000),
  });
  return judge(auth);
}

const LATELY = { level: 'first_factor', afterMinutes: 10 } as const;
const SECOND = { level: 'second_factor', afterMinutes: 10 } as const;

/** A caller, a scope, its value, and whether it holds. */
const VERDICTS: readonly (readonly [
  who: string,
  token: () => Promise<string>,
  scope: Exclude<keyof Scopes, 'signedIn' | 'inPerson'>,
  value: unknown,
  holds: boolean,
])[] = [
  ['an admin', () => world.token('ada', { org: 'acme' }), 'role', 'org:admin', true],
  ['a member', () => world.token('grace', { org: 'acme' }), 'role', 'org:admin', false],
  ['an admin in the personal account', () => world.token('ada'), 'role', 'org:admin', false],
  ['an admin', () => world.token('ada', { org: 'acme' }), 'permission', 'org:invoices:create', true],
  ['a member', () => world.token('grace', { org: 'acme' }), 'permission', 'org:invoices:create', false],
  ['a member', () => world.token('grace', { org: 'acme' }), 'permission', 'org:invoices:read', true],
  [
    'a member of an organization with it',
    () => world.token('grace', { org: 'acme' }),
    'feature',
    'org:reports',
    true,
  ],
  [
    'a member of an organization without it',
    () => world.token('grace', { org: 'acme' }),
    'feature',
    'org:none',
    false,
  ],
  ['somebody in the personal account', () => world.token('grace'), 'feature', 'org:reports', false],
  [
    'a member of an organization on it',
    () => world.token('grace', { org: 'acme' }),
    'plan',
    'org:team',
    true,
  ],
  ['a user on it', () => world.token('alan'), 'plan', 'user:free', true],
  ['a user on another', () => world.token('alan'), 'plan', 'user:pro', false],
  [
    'who signed in just now',
    () => world.token('ada', { claims: { fva: [0, -1] } }),
    'reverification',
    LATELY,
    true,
  ],
  [
    'who signed in 11 minutes ago',
    () => world.token('ada', { claims: { fva: [11, -1] } }),
    'reverification',
    LATELY,
    false,
  ],
  [
    'with an old second factor',
    () => world.token('ada', { claims: { fva: [0, 11] } }),
    'reverification',
    SECOND,
    false,
  ],
  [
    'with a fresh second factor',
    () => world.token('ada', { claims: { fva: [30, 1] } }),
    'reverification',
    SECOND,
    true,
  ],
];

test.each(VERDICTS)('%s: %o %s %o is %o', async (_who, token, scope, value, holds) => {
  const scopes = await scopesOf(await token());
  expect(scopes[scope](value as never)).toBe(holds);
});

test('nobody is impersonating, or somebody is', async () => {
  expect((await scopesOf(await world.token('ada'))).inPerson).toBe(true);
  expect((await scopesOf(await world.token('ada', { actor: { sub: 'user_x' } }))).inPerson).toBe(false);
});

test('anonymous callers and pending sessions pass no scope', () => {
  for (const auth of [{ kind: 'anonymous' }, { kind: 'pending', tasks: [] }] as const) {
    const scopes = judge(auth);
    expect([scopes.signedIn, scopes.inPerson]).toEqual([false, false]);
    expect([scopes.role('org:admin'), scopes.permission('x'), scopes.feature('x'), scopes.plan('x')]).toEqual(
      Array(4).fill(false),
    );
    expect(scopes.reverification(LATELY)).toBe(false);
  }
});

describe('members', () => {
  const MEMBERS =
    '{ viewer { id organization { slug members { totalCount edges { node { userId role identifier } } } } } }';

  test.each(['ada', 'grace'])(
    '%s sees the members of the active organization, with one call',
    async (user) => {
      const { data, errors } = await send(world.gateway, MEMBERS, {
        token: await world.token(user, { org: 'acme' }),
      });
      expect(errors).toEqual([]);
      const { totalCount, edges } = data.viewer.organization.members;
      expect(totalCount).toBe(2);
      expect(new Set(edges.map((edge: typeof data) => edge.node.identifier))).toEqual(
        new Set(['ada@example.com', 'grace@example.com']),
      );
      expect(world.clerk.control.calls()).toEqual({ 'GET /v1/organizations/:id/memberships': 1 });
    },
  );

  test('without the role and the permission they are FORBIDDEN, and the rest is answered', async () => {
    const organization = world.clerk.state.state.organizations[0];
    const token = await world.token('grace', {
      claims: { o: { id: organization?.id, slg: 'acme', rol: 'guest' } },
    });
    const { status, data, errors } = await send(world.gateway, MEMBERS, { token });
    expect(status).toBe(200);
    expect(data.viewer).toMatchObject({
      id: expect.any(String),
      organization: { slug: 'acme', members: null },
    });
    expect(errors).toMatchObject([
      {
        path: ['viewer', 'organization', 'members'],
        extensions: {
          code: 'FORBIDDEN',
          requires: [{ role: 'org:admin' }, { permission: 'org:members:read' }],
        },
      },
    ]);
    expect(world.clerk.control.total()).toBe(0);
  });

  test('of an organization that is not the active one they are FORBIDDEN, even to its admin', async () => {
    const { data, codes } = await send(
      world.gateway,
      '{ viewer { organizations { edges { node { role members { totalCount } } } } } }',
      { token: await world.token('ada') },
    );
    expect(codes).toEqual(['FORBIDDEN']);
    expect(data.viewer.organizations.edges).toEqual([{ node: { role: 'org:admin', members: null } }]);
  });
});

describe('sessions', () => {
  const SESSIONS = '{ viewer { sessions { id status isCurrent lastActiveAt device { isMobile } } } }';
  const REVOKE = 'mutation ($id: ID!) { revokeSession(input: { sessionId: $id }) { session { id status } } }';

  const sidOf = (token: string) => String(decodeJwt(token).sid);

  test("one's own active sessions are listed, the asking one marked", async () => {
    await world.token('grace');
    const token = await world.token('ada');
    const { data, errors } = await send(world.gateway, SESSIONS, { token });
    expect(errors).toEqual([]);
    expect(data.viewer.sessions).toEqual([
      {
        id: sidOf(token),
        status: 'active',
        isCurrent: true,
        lastActiveAt: expect.any(String),
        device: { isMobile: false },
      },
    ]);
    expect(world.clerk.control.calls()).toEqual({ 'GET /v1/sessions': 1 });
  });

  test('a revoked session gets no more tokens, and the token it has lives out its seconds', async () => {
    const token = await world.token('ada');
    const id = sidOf(token);
    const { data, errors } = await send(world.gateway, REVOKE, { token, variables: { id } });
    expect(errors).toEqual([]);
    expect(data.revokeSession.session).toEqual({ id, status: 'revoked' });
    expect((await send(world.gateway, '{ viewer { id } }', { token })).status).toBe(200);
    const withTemplate = world.gatewayWith({ SUPABASE_JWT_TEMPLATE: 'supabase' });
    const query = '{ externalData { tasks { totalCount } } }';
    expect((await send(withTemplate, query, { token })).codes).toEqual(['UPSTREAM_UNAVAILABLE']);
    // Again is no error, and no second call that changes anything.
    const again = await send(world.gateway, REVOKE, { token, variables: { id } });
    expect(again.data.revokeSession.session.status).toBe('revoked');
    expect(world.clerk.control.total('POST /v1/sessions/:id/revoke')).toBe(1);
  });

  test("another's session is answered as one that does not exist, and stays", async () => {
    const [token, hers] = [await world.token('ada'), sidOf(await world.token('grace'))];
    const ids = [hers, 'sess_2doesnotexist0000000000000', 'no-session-id', 'sess_../users'];
    const answers = await Promise.all(
      ids.map((id) => send(world.gateway, REVOKE, { token, variables: { id } })),
    );
    for (const { errors, data } of answers) {
      expect(data).toEqual({ revokeSession: null });
      expect(errors).toEqual(answers[0]?.errors);
      expect(errors[0]?.extensions).toEqual({ code: 'NOT_FOUND' });
    }
    expect(world.clerk.control.total('POST /v1/sessions')).toBe(0);
  });

  test('without a fresh confirmation it is REVERIFICATION_REQUIRED, with the hint that Clerk looks for', async () => {
    const token = await world.token('ada', { claims: { fva: [11, -1] } });
    const { status, errors } = await send(world.gateway, REVOKE, { token, variables: { id: sidOf(token) } });
    expect(status).toBe(403);
    expect(errors).toMatchObject([
      {
        extensions: {
          code: 'REVERIFICATION_REQUIRED',
          ...LATELY,
          clerk_error: {
            type: 'forbidden',
            reason: 'reverification-error',
            metadata: { reverification: LATELY },
          },
        },
      },
    ]);
    expect(world.clerk.control.total()).toBe(0);
  });

  test.each([
    ['with a fresh confirmation', 0],
    ['with an old one', 60],
  ])('while impersonated %s it is FORBIDDEN: both scopes have to hold', async (_what, minutes) => {
    const token = await world.token('ada', { actor: { sub: 'user_x' }, claims: { fva: [minutes, -1] } });
    const { status, errors } = await send(world.gateway, REVOKE, { token, variables: { id: sidOf(token) } });
    expect(status).toBe(403);
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', requires: [{ inPerson: true }] } }]);
    expect(world.clerk.control.total()).toBe(0);
  });
});
