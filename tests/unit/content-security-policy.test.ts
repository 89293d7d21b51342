import { expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../app/content-security-policy';
import { parseEnv } from '../../gateway';

const keyFor = (host: string) => `pk_live_${btoa(`${host}$`)}`;

const REAL = {
  CLERK_SECRET_KEY: 'sk_live_x',
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: keyFor('clerk.example.com'),
  SUPABASE_URL: 'https://project.supabase.co',
  SUPABASE_ANON_KEY: 'anon',
  NODE_ENV: 'production',
};
const LOCAL = { ...REAL, CLERK_FAPI_URL: 'http://127.0.0.1:4410/fapi' };

/** The policy's directives by name. */
function directives(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const policy = contentSecurityPolicy('abc', parseEnv(variables));
  return Object.fromEntries(
    policy.split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources.join(' ')];
    }),
  );
}

test('with a local Clerk, pages call nobody but their own origin', () => {
  expect(directives(LOCAL)).toEqual({
    'default-src': "'self'",
    'script-src': "'nonce-abc' 'strict-dynamic'",
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data: blob: https://img.clerk.com",
    'font-src': "'self' data:",
    'connect-src': "'self'",
    'worker-src': "'self' blob:",
    'frame-src': "'none'",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  });
});

test('a real Clerk adds the host that the publishable key names, and the challenges of Clerk', () => {
  expect(directives(REAL)).toEqual({
    ...directives(LOCAL),
    'connect-src': "'self' https://clerk.example.com https://*.protect.clerk.com",
    'frame-src': 'https://challenges.cloudflare.com https://*.protect.clerk.com',
  });
});

test('a publishable key adds no source but a host', () => {
  for (const host of ['clerk.example.com *', "x; script-src 'unsafe-inline'", 'x, y', ''])
    expect(() => directives({ ...REAL, NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: keyFor(host) })).toThrow();
  expect(
    directives({ ...REAL, NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: keyFor('x.example/path') })['connect-src'],
  ).toBe("'self' https://x.example https://*.protect.clerk.com");
});

test('development adds eval and web sockets, and nothing but development does', () => {
  const { 'script-src': script, 'connect-src': connect, ...rest } = directives(LOCAL);
  expect(directives({ ...LOCAL, NODE_ENV: 'development' })).toEqual({
    ...rest,
    'script-src': `${script} 'unsafe-eval'`,
    'connect-src': `${connect} ws:`,
  });
  for (const NODE_ENV of ['production', 'test', ''])
    expect(directives({ ...LOCAL, NODE_ENV })).toEqual(directives(LOCAL));
});

test('only a site that is known to be served with https upgrades requests', () => {
  expect(directives({ ...LOCAL, GATEWAY_URL: 'https://app.example.com' })).toEqual({
    ...directives(LOCAL),
    'upgrade-insecure-requests': '',
  });
  expect(directives({ ...LOCAL, GATEWAY_URL: 'http://localhost:3000' })).toEqual(directives(LOCAL));
});
