import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { startLocalClerk } from '../../dev/clerk';
import { createSigner } from '../../dev/clerk/keys';
import { createClerk } from '../../sources/clerk';
import { configuredKeys, type SigningKeys } from '../../sources/clerk/signing-keys';
import { deadlineIn } from '../../sources/deadline';
import { coldAuthentication } from '../harness/cold-authentication';
import { type Change, changed, madeUpToken, type Ordinary, ordinaryDraft } from '../harness/made-up-tokens';
import { NOW, OTHER_ORIGIN } from '../harness/odd-claims';
import { mintDraft, type SigningPair, type Spelling } from '../harness/token-draft';
import { APP_URL } from '../harness/world';

/** Deterministic: a failing run can be repeated, and is shrunk to what matters. */
const SEED = 20_261_126;
const CASES = 3_000;

const { kid, privateKey } = inject('instanceKeys');
const { jwtKey } = await createSigner({ kid, privateKey });
const keys: SigningPair = {
  instance: createPrivateKey({ key: privateKey, format: 'jwk' }),
  stranger: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  pem: jwtKey,
};

/** As keys that were fetched: by their id. */
const keyById: SigningKeys = { find: async (ids) => (ids.includes(kid) ? jwtKey : undefined) };

const claim = (name: string, value: unknown) => setIn('claims', name, value);
const header = (name: string, value: unknown) => setIn('header', name, value);

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW * 1000 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe.each([
  ['configured', configuredKeys(jwtKey)],
  ['fetched', keyById],
])("with the instance's key %s", (_, signingKeys) => {
  const sdk = coldAuthentication(signingKeys, 'SDK');
  const ours = coldAuthentication(signingKeys, 'SDK for the rest');

  test(`${CASES} made-up tokens have the outcome that Clerk's SDK alone gives them`, {
    timeout: 120_000,
  }, async () => {
    const seen = { withoutSdk: 0, acceptedBySdk: 0, refused: 0 };
    const parties = fc.constantFrom([APP_URL], [APP_URL, OTHER_ORIGIN], [OTHER_ORIGIN], []);
    const milliseconds = fc.constantFrom(0, 0, 1, 500, 999);
    const scheme = fc.constantFrom('Bearer ', 'bearer  ', '');
    await fc.assert(
      fc.asyncProperty(madeUpToken(kid), parties, milliseconds, scheme, async (draft, origins, ms, start) => {
        vi.setSystemTime(NOW * 1000 + ms);
        const headers = { authorization: `${start}${mintDraft(draft, keys)}` };
        const before = ours.sdkCalls();
        const outcome = await ours.outcomeOf(headers, origins);
        const asked = ours.sdkCalls() > before;
        expect(outcome).toStrictEqual(await sdk.outcomeOf(headers, origins));
        if (outcome.accepted) seen[asked ? 'acceptedBySdk' : 'withoutSdk'] += 1;
        else seen.refused += 1;
      }),
      { seed: SEED, numRuns: CASES, endOnFailure: false },
    );
    // What was made up is not all of one kind.
    for (const [kind, times] of Object.entries(seen)) expect(times, kind).toBeGreaterThan(150);
  });

  test.each<Ordinary>(['personal', 'organization', 'version 1'])(
    "an ordinary token is accepted without Clerk's SDK: %s",
    async (kind) => {
      const before = ours.sdkCalls();
      const headers = bearer(mintDraft(ordinaryDraft(kind, kid), keys));
      const outcome = await ours.outcomeOf(headers, [APP_URL]);
      expect(ours.sdkCalls() - before).toBe(0);
      expect(outcome).toMatchObject({ accepted: true, session: { kind: 'user', userId: 'user_2ada' } });
      expect(outcome).toStrictEqual(await sdk.outcomeOf(headers, [APP_URL]));
    },
  );

  test.each<[what: string, outcome: string, change: Change]>([
    ['an expired token', 'TOKEN_EXPIRED', claim('exp', NOW - 10)],
    ['a token that expires this moment', 'accepted', claim('exp', NOW)],
    ['a token that has expired within what clocks may differ', 'accepted', claim('exp', NOW - 4)],
    ['a token that begins within what clocks may differ', 'accepted', claim('nbf', NOW + 1)],
    ['a token of the future', 'TOKEN_INVALID', claim('nbf', NOW + 10)],
    ['a token that was issued within what clocks may differ', 'accepted', claim('iat', NOW + 1)],
    ['a token that will be issued', 'TOKEN_INVALID', claim('iat', NOW + 10)],
    ['a token that never expires', 'accepted', claim('exp', 1e300)],
    ['a token that expires within a second', 'accepted', claim('exp', NOW + 0.5)],
    ['a foreign azp', 'TOKEN_INVALID', claim('azp', 'https://evil.example')],
    ['no azp', 'TOKEN_INVALID', dropped('claims', 'azp')],
    ['no session id', 'accepted', dropped('claims', 'sid')],
    ['a session with open tasks', 'accepted', claim('sts', 'pending')],
    ['a session that has ended', 'accepted', claim('sts', 'expired')],
    ['somebody who is no user', 'accepted', claim('sub', 'org_1')],
    ["a machine's token", 'TOKEN_INVALID', claim('sub', 'mch_1')],
    ['claims that Clerk cannot parse', 'NONE', claim('o', { id: 'org_1', rol: 'admin', per: 1, fpm: 2 })],
    ["a template's category", 'TOKEN_INVALID', header('cat', 'cl_B7d4PD222AAA')],
    ['no category', 'accepted', dropped('header', 'cat')],
    ['another algorithm in the header', 'TOKEN_INVALID', header('alg', 'RS512')],
    ['another type in the header', 'TOKEN_INVALID', header('typ', 'jwt')],
    ['an extension that must be understood', 'accepted', header('crit', ['exp'])],
    ["a stranger's signature", 'TOKEN_INVALID', { kind: 'sign', signing: 'stranger' }],
    ['a signature with another hash', 'TOKEN_INVALID', { kind: 'sign', signing: 'RS512' }],
    ['a signature over something else', 'TOKEN_INVALID', { kind: 'sign', signing: 'over something else' }],
    ['no signature', 'TOKEN_INVALID', { kind: 'sign', signing: 'none' }],
    ['a padded signature', 'accepted', spelling('signature', 'padded')],
    ['a signature with loose bits', 'TOKEN_INVALID', spelling('signature', 'loose end')],
    ['a signature that is cut', 'TOKEN_INVALID', spelling('signature', 'cut by three')],
    ['claims that are no UTF-8', 'accepted', spelling('claims', 'no UTF-8')],
    ['claims in an array', 'TOKEN_INVALID', spelling('claims', 'array')],
  ])("%s is left to Clerk's SDK: %s", async (_what, expected, change) => {
    const headers = bearer(mintDraft(changed(ordinaryDraft('organization', kid), change), keys));
    const before = [ours.sdkCalls(), sdk.sdkCalls()] as const;
    const outcome = await ours.outcomeOf(headers, [APP_URL]);
    expect(outcome.accepted ? 'accepted' : outcome.error.code).toBe(expected);
    expect(outcome).toStrictEqual(await sdk.outcomeOf(headers, [APP_URL]));
    // What nobody can decode, and what is a machine's, is refused before.
    expect(ours.sdkCalls() - before[0]).toBe(sdk.sdkCalls() - before[1]);
  });

  test.each([undefined, null, 5, ''])(
    "where any origin will do, an azp of %j is left to Clerk's SDK",
    async (azp) => {
      const change = azp === undefined ? dropped('claims', 'azp') : claim('azp', azp);
      const headers = bearer(mintDraft(changed(ordinaryDraft('personal', kid), change), keys));
      const before = ours.sdkCalls();
      expect((await ours.outcomeOf(headers, [])).accepted).toBe(true);
      expect(ours.sdkCalls() - before).toBe(1);
    },
  );
});

test("the local Clerk's tokens are ordinary, in cookies they are not", async () => {
  const clerk = await startLocalClerk({
    port: 0,
    appUrl: APP_URL,
    templateSecret: 'other',
    keys: { kid, privateKey },
  });
  const mints = [{}, { org: 'acme' }, { actor: { sub: 'user_2admin' } }];
  for (const mint of mints) {
    const token = await clerk.mintSessionToken({ user: 'ada@example.com', ...mint });
    const ours = coldAuthentication(configuredKeys(jwtKey), 'SDK for the rest');
    const sdk = coldAuthentication(configuredKeys(jwtKey), 'SDK');
    expect(await ours.outcomeOf(bearer(token), [APP_URL])).toStrictEqual(
      await sdk.outcomeOf(bearer(token), [APP_URL]),
    );
    expect([ours.sdkCalls(), sdk.sdkCalls()]).toEqual([0, 1]);
    const cookies = { cookie: `__session=${token}; __client_uat=${NOW - 100}` };
    expect((await ours.outcomeOf(cookies, [APP_URL])).accepted).toBe(true);
    expect(ours.sdkCalls()).toBe(1);
  }
  await clerk.close();
});

const PAIRS = {
  'RSA of 4096 bits': generateKeyPairSync('rsa', { modulusLength: 4096 }),
  'RSA of 1024 bits': generateKeyPairSync('rsa', { modulusLength: 1024 }),
  'RSA with the exponent 3': generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 }),
};

test.each(Object.entries(PAIRS))("a key that Clerk's SDK cannot read opens nothing: %s", async (_, pair) => {
  const pem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const signed = { ...keys, instance: pair.privateKey };
  const headers = bearer(mintDraft(ordinaryDraft('personal', kid), signed));
  const ours = coldAuthentication(configuredKeys(pem), 'SDK for the rest');
  const sdk = coldAuthentication(configuredKeys(pem), 'SDK');
  expect(await ours.outcomeOf(headers, [APP_URL])).toStrictEqual(await sdk.outcomeOf(headers, [APP_URL]));
  expect(ours.sdkCalls()).toBe(1);
});

test.each([
  ['on one line', (pem: string) => pem],
  ['on several lines', (pem: string) => pem.replaceAll(/.{64}/g, '$&\n')],
  ['with line ends of Windows', (pem: string) => pem.replaceAll(/.{64}/g, '$&\r\n')],
  ['with spaces', (pem: string) => pem.replaceAll(/.{64}/g, '$& ')],
  ['without its frame', (pem: string) => pem.replaceAll(/-----[A-Z ]+-----/g, '')],
])("the instance's key is read as Clerk's SDK reads it: %s", async (_, respell) => {
  const pem = respell(jwtKey);
  const token = mintDraft(ordinaryDraft('personal', kid), keys);
  const ours = coldAuthentication(configuredKeys(pem), 'SDK for the rest');
  const sdk = coldAuthentication(configuredKeys(pem), 'SDK');
  expect(await ours.outcomeOf(bearer(token), [APP_URL])).toStrictEqual(
    await sdk.outcomeOf(bearer(token), [APP_URL]),
  );
});

test('a token without a header is none, first of all and after another', async () => {
  const ours = coldAuthentication(configuredKeys(jwtKey), 'SDK for the rest');
  const sdk = coldAuthentication(configuredKeys(jwtKey), 'SDK');
  const token = mintDraft(ordinaryDraft('personal', kid), keys);
  const signed = token.slice(token.indexOf('.'), token.lastIndexOf('.'));
  const headless = `${signed}.${sign('RSA-SHA256', Buffer.from(signed), keys.instance).toString('base64url')}`;
  for (const text of [headless, token, headless, token])
    expect(await ours.outcomeOf(bearer(text), [APP_URL])).toStrictEqual(
      await sdk.outcomeOf(bearer(text), [APP_URL]),
    );
});

test('each token is verified with the key that it names itself', async () => {
  const named: (readonly string[])[] = [];
  const recording: SigningKeys = {
    async find(ids) {
      named.push(ids);
      return jwtKey;
    },
  };
  const ours = coldAuthentication(recording, 'SDK for the rest');
  const ids = ['ins_1', 'ins_1', 'ins_2', 'ins_1'];
  for (const id of ids)
    await ours.outcomeOf(bearer(mintDraft(ordinaryDraft('personal', id), keys)), [APP_URL]);
  expect(named).toEqual(ids.map((id) => [id]));
});

test("another instance's token is refused right after one of ours, and ours is accepted again", async () => {
  let pem = jwtKey;
  const ours = coldAuthentication({ find: async () => pem }, 'SDK for the rest');
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const token = mintDraft(ordinaryDraft('personal', kid), keys);
  const accepted = async () => (await ours.outcomeOf(bearer(token), [APP_URL])).accepted;
  expect(await accepted()).toBe(true);
  pem = other.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  expect(await accepted()).toBe(false);
  pem = jwtKey;
  expect(await accepted()).toBe(true);
});

test("with a publishable key that is none, nobody gets in: Clerk's SDK fails on every token", async () => {
  const clerk = createClerk({
    secretKey: 'sk_live_x',
    publishableKey: 'pk_live_x',
    jwtKey,
    callsPerWindow: 1,
    recordCache: { freshMs: 0, staleMs: 0 },
    timeoutMs: 1_000,
    webhookSecret: undefined,
  });
  const headers = new Headers(bearer(mintDraft(ordinaryDraft('personal', kid), keys)));
  const verification = {
    authorizedParties: [],
    address: null,
    deadline: deadlineIn(1_000),
    observe() {},
  };
  await expect(clerk.authenticate(headers, verification)).rejects.toThrow('Publishable key not valid');
});

test("the gateway and Clerk's SDK read claims with the same copy of Clerk's parser", () => {
  const here = createRequire(import.meta.url);
  const sdk = createRequire(here.resolve('@clerk/backend'));
  for (const module of ['@clerk/shared/jwtPayloadParser', '@clerk/shared/authorization'])
    expect(here.resolve(module)).toBe(sdk.resolve(module));
});

function setIn(part: 'header' | 'claims', name: string, value: unknown): Change {
  return { kind: 'set', in: part, member: [name, JSON.stringify(value)] };
}

function dropped(part: 'header' | 'claims', name: string): Change {
  return { kind: 'drop', in: part, name };
}

function spelling(part: Spelling['part'], way: Spelling['way']): Change {
  return { kind: 'spell', spelling: { part, way } };
}
