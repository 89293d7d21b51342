import fc from 'fast-check';
import { ANYTHING, CLAIM_FIELDS, type Field, headerFields, NOW, ORGANIZATION } from './odd-claims';
import { type Member, PARTS, SIGNINGS, type TokenDraft, WAYS } from './token-draft';
import { APP_URL } from './world';

/** What is different about a token. */
export type Change =
  | { readonly kind: 'drop'; readonly in: 'header' | 'claims'; readonly name: string }
  | {
      readonly kind: 'set' | 'put before' | 'put after';
      readonly in: 'header' | 'claims';
      readonly member: Member;
    }
  | { readonly kind: 'sign'; readonly signing: TokenDraft['signing'] }
  | { readonly kind: 'spell'; readonly spelling: TokenDraft['spellings'][number] };

/** Any token, from ordinary to absurd, most of them not far from ordinary. @param kid the key id of the instance's key. */
export function madeUpToken(kid: string): fc.Arbitrary<TokenDraft> {
  return fc
    .tuple(
      fc.constantFrom<Ordinary>('personal', 'organization', 'version 1'),
      fc.array(change(kid), { maxLength: 3 }),
    )
    .map(([kind, changes]) => changes.reduce(changed, ordinaryDraft(kind, kid)));
}

/** A token as Clerk makes it. */
export type Ordinary = 'personal' | 'organization' | 'version 1';

export function ordinaryDraft(kind: Ordinary, kid: string): TokenDraft {
  return {
    header: membersOf({ alg: 'RS256', cat: 'cl_B7d4PD111AAA', kid, oiat: NOW - 1, typ: 'JWT' }),
    claims: membersOf(ORDINARY_CLAIMS[kind]),
    signing: 'instance',
    spellings: [],
  };
}

const COMMON = {
  azp: APP_URL,
  exp: NOW + 60,
  fva: [3, -1],
  iat: NOW - 1,
  iss: 'https://clerk.localhost.test',
  nbf: NOW - 11,
  sid: 'sess_1',
  sub: 'user_2ada',
};

const ORDINARY_CLAIMS: Readonly<Record<Ordinary, Readonly<Record<string, unknown>>>> = {
  personal: { ...COMMON, sts: 'active', v: 2 },
  organization: {
    ...COMMON,
    sts: 'active',
    v: 2,
    fea: 'o:users,u:export',
    pla: 'u:pro,o:team',
    o: ORGANIZATION,
  },
  'version 1': {
    ...COMMON,
    org_id: 'org_1',
    org_role: 'org:admin',
    org_slug: 'acme',
    org_permissions: ['org:users:read'],
  },
};

function change(kid: string): fc.Arbitrary<Change> {
  return fc.oneof(
    { weight: 3, arbitrary: memberChange('header', headerFields(kid)) },
    { weight: 9, arbitrary: memberChange('claims', CLAIM_FIELDS) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('sign'), signing: fc.constantFrom(...SIGNINGS) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('spell'),
        spelling: fc.record({ part: fc.constantFrom(...PARTS), way: fc.constantFrom(...WAYS) }),
      }),
    },
  );
}

function memberChange(part: 'header' | 'claims', fields: readonly Field[]): fc.Arbitrary<Change> {
  const member = fc
    .constantFrom(...fields)
    .chain(([name, fitting]) =>
      fc
        .oneof(
          { weight: 4, arbitrary: fc.constantFrom(...fitting) },
          { weight: 1, arbitrary: fc.constantFrom(...ANYTHING) },
        )
        .map((value): Member => [name, jsonOf(value)]),
    );
  const changes = fc.record({
    kind: fc.constantFrom('set', 'set', 'set', 'put before', 'put after'),
    in: fc.constant(part),
    member,
  });
  const name = fc.constantFrom(...fields.map(([field]) => field));
  return fc.oneof(
    { weight: 5, arbitrary: changes },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('drop'), in: fc.constant(part), name }) },
  );
}

export function changed(draft: TokenDraft, change: Change): TokenDraft {
  switch (change.kind) {
    case 'sign':
      return { ...draft, signing: change.signing };
    case 'spell':
      return { ...draft, spellings: [...draft.spellings, change.spelling] };
    case 'drop':
      return { ...draft, [change.in]: draft[change.in].filter(([name]) => name !== change.name) };
    case 'put before':
      return { ...draft, [change.in]: [change.member, ...draft[change.in]] };
    case 'put after':
      return { ...draft, [change.in]: [...draft[change.in], change.member] };
    case 'set': {
      const others = draft[change.in].filter(([name]) => name !== change.member[0]);
      return { ...draft, [change.in]: [...others, change.member] };
    }
  }
}

function membersOf(values: Readonly<Record<string, unknown>>): Member[] {
  return Object.entries(values).map(([name, value]) => [name, jsonOf(value)]);
}

/** JSON has no infinity, but numbers that are read as it. */
function jsonOf(value: unknown): string {
  return value === Infinity ? '1e400' : JSON.stringify(value);
}
