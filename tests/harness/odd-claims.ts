import { APP_URL } from './world';

/** When made-up tokens are sent, in seconds since 1970. */
export const NOW = 1_800_000_000;

export const OTHER_ORIGIN = 'https://friend.example';

/** A member of header or claims, and what might be in it. */
export type Field = readonly [name: string, values: readonly unknown[]];

/** Around the present, and around where Clerk's SDK draws the line. */
const TIMES = [-10_000, -61, -6, -5, -4, -1, 0, 1, 4, 5, 6, 61, 10_000].map((seconds) => NOW + seconds);

const ODD_TIMES = [
  ...TIMES,
  NOW - 0.5,
  NOW + 0.5,
  0,
  -1,
  1e12,
  9e12,
  1e15,
  1e300,
  Infinity,
  String(NOW + 60),
];

/** What a member of any name may be. */
export const ANYTHING: readonly unknown[] = [
  null,
  true,
  false,
  0,
  1,
  2,
  -1,
  1.5,
  '',
  'x',
  '2',
  [],
  ['x'],
  {},
  { sub: 'x' },
  [null],
];

export const headerFields = (kid: string): Field[] =>
  Object.entries({
    alg: ['RS256', 'RS384', 'RS512', 'PS256', 'HS256', 'ES256', 'none', 'rs256'],
    typ: ['JWT', 'jwt', 'at+jwt', 'application/at+jwt'],
    // Of a session, a template, a machine, whichever, and of nothing.
    cat: ['cl_B7d4PD111AAA', 'cl_B7d4PD222AAA', 'cl_B7d4PD333AAA', 'cl_I7d4PD111III', 'cl_x'],
    kid: [kid, 'ins_other'],
    crit: [['exp'], ['b64']],
    b64: [false],
    jwk: [{ kty: 'RSA', n: 'AQAB', e: 'AQAB' }],
  });

/** The claim `o` as Clerk writes it. */
export const ORGANIZATION = { id: 'org_1', slg: 'acme', rol: 'admin', per: 'read,update', fpm: '3,1' };

const ORGANIZATIONS = [
  ORGANIZATION,
  { id: 'org_1', rol: 'org:member', per: 'read , update,delete', fpm: ' 7 ,2,4' },
  { id: 'org_1', rol: 'admin', per: 'read', fpm: '3,x,,99999999999999999999' },
  { id: 'org_1', rol: 'admin', per: 'read,update' },
  { id: 'org_1', slg: null, rol: '', fpm: '1' },
  { id: '', rol: 'admin' },
  { id: 5, slg: 6, rol: 7 },
  { rol: 'admin', per: 'read', fpm: '1' },
  { id: 'org_1', rol: 'admin', per: ['read'], fpm: 1 },
];

export const CLAIM_FIELDS: Field[] = Object.entries({
  sub: ['user_2ada', 'user_', 'mch_1', 'org_1', 'User_2ada'],
  sid: ['sess_1', 'sess_2'],
  azp: [
    APP_URL,
    OTHER_ORIGIN,
    `${APP_URL}/`,
    APP_URL.toUpperCase(),
    'https://evil.example',
    [APP_URL],
    `${APP_URL},${OTHER_ORIGIN}`,
  ],
  iss: ['https://clerk.localhost.test', 'https://evil.example'],
  aud: ['https://evil.example', ['a', 'b']],
  iat: ODD_TIMES,
  nbf: ODD_TIMES,
  exp: ODD_TIMES,
  sts: ['active', 'pending', 'expired'],
  tasks: [['choose-organization'], 'choose-organization', [1, 'x']],
  v: [2, 1, 3],
  act: [{ sub: 'user_2admin' }, { sub: 5 }, { sub: null }, { sub: 'a', act: { sub: 'b' } }],
  fva: [[0, -1], [5, 3], [-1, -1], [61, 2], [1], [1, 2, 3], [null, 1], ['1', '2']],
  o: ORGANIZATIONS,
  fea: [
    'o:users,o:invoices',
    'u:export',
    'ou:both, uo:too ',
    'bad',
    'x:y',
    'o:,u:',
    ',',
    'o:users,bad',
    ':',
    'u',
  ],
  pla: ['u:pro,o:team', 'uo:all', 'bad', 'x:y'],
  org_id: ['org_1'],
  org_role: ['org:admin', 'member'],
  org_slug: ['acme'],
  org_permissions: [['org:users:read'], ['users:read', 5], 'org:users:read'],
  updatedAt: [1_700_000_000_000, '1700000000000', 1e300],
  role: ['authenticated'],
  constructor: ['x'],
  has: ['x'],
  userId: ['user_2eve'],
});

// In an object of ours it would be the prototype.
CLAIM_FIELDS.push(['__proto__', [{ sub: 'user_2eve', sts: 'active', azp: APP_URL }]]);
