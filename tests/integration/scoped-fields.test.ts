import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Browser } from '../harness/clerk-browser';
import { send } from '../harness/client';
import { APP_URL, startWorld, type World } from '../harness/world';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => world.clerk.control.reset());
afterAll(() => world.close());

const LATELY = { level: 'first_factor', afterMinutes: 10 } as const;

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

  test('thirty of them cost one call, names and all', async () => {
    const { users, memberships } = world.clerk.state.state;
    const [[ada], [membership]] = [users, memberships];
    if (ada === undefined || membership === undefined) throw new Error('Nobody is a member.');
    for (let index = 0; index < 28; index += 1) {
      const user = {
        ...ada,
        id: `user_2member${index}`,
        email: `m${index}@example.com`,
        firstName: `M${index}`,
      };
      world.clerk.state.apply({ type: 'user.created', user });
      world.clerk.state.apply({
        type: 'organizationMembership.created',
        membership: { ...membership, id: `orgmem_2m${index}`, userId: user.id },
      });
    }
    const query =
      '{ viewer { organization { members(first: 30) { edges { node { userId firstName } } } } } }';
    const { data, errors } = await send(world.gateway, query, {
      token: await world.token('ada', { org: 'acme' }),
    });
    expect(errors).toEqual([]);
    const names = data.viewer.organization.members.edges.map((edge: typeof data) => edge.node.firstName);
    expect(new Set(names).size).toBe(30);
    expect(world.clerk.control.calls()).toEqual({ 'GET /v1/organizations/:id/memberships': 1 });
  });

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

describe('usage', () => {
  const USAGE = '{ viewer { organization { name usage { members memberLimit } } } }';

  test('in an organization with the feature it is answered, with one call', async () => {
    const { data, errors } = await send(world.gateway, USAGE.replace('name', 'slug'), {
      token: await world.token('grace', { org: 'acme' }),
    });
    expect(errors).toEqual([]);
    expect(data.viewer.organization.usage).toEqual({ members: 2, memberLimit: 5 });
    expect(world.clerk.control.calls()).toEqual({ 'GET /v1/organizations/:id': 1 });
  });

  test('without the feature it is FORBIDDEN, and the rest is answered', async () => {
    const token = await world.token('ada', { org: 'acme', claims: { fea: 'o:members' } });
    const { data, errors } = await send(world.gateway, USAGE, { token });
    expect(data.viewer.organization).toEqual({ name: expect.any(String), usage: null });
    expect(errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN', requires: [{ feature: 'org:reports' }] } },
    ]);
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

  test('after it the browser of the session gets no token any more, and cannot refresh its cookie', async () => {
    const browser = new Browser({ frontendApi: `${world.clerk.url}/fapi`, origin: APP_URL });
    const [ada] = world.clerk.users;
    const session = await browser.signIn({ email: ada?.email ?? '', password: ada?.password ?? '' });
    const cookie = (await browser.post(`/v1/client/sessions/${session}/tokens`)).jwt;
    const { errors } = await send(world.gateway, REVOKE, { token: cookie, variables: { id: session } });
    expect(errors).toEqual([]);
    // The token it has lives out its seconds, as with Clerk.
    expect((await send(world.gateway, '{ viewer { id } }', { token: cookie })).status).toBe(200);
    const refresh = await browser.post(`/v1/client/sessions/${session}/tokens`);
    expect({ status: refresh.status, jwt: refresh.jwt }).toEqual({ status: 401, jwt: '' });
    const { body } = await browser.get('/v1/client');
    expect(body).toMatchObject({ response: { sessions: [] } });
  });
});
