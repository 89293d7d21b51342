import type { MachineToken } from './state';

const CREATED_AT = Date.UTC(2026, 0, 12, 9);
const EXPIRED_AT = Date.UTC(2026, 0, 13, 9);
const MACHINE = 'mch_2nightly0000000000000000000';

const valid = { revocationReason: null, expiresAt: null, createdAt: CREATED_AT };
const revoked = { ...valid, revocationReason: 'Leaked' };
const expired = { ...valid, expiresAt: EXPIRED_AT };

/** A machine token in Clerk's form has 32 hexadecimal digits in its id. */
const hex = (digits: string): string => digits.padStart(32, '0');

/**
 * The machine tokens every local Clerk starts with: of each kind one that is valid, one revoked and one expired.
 *
 * @param userId owner of the API keys and OAuth tokens.
 */
export function seedMachineTokens(userId: string): readonly MachineToken[] {
  const apiKey = {
    kind: 'api_key',
    name: 'Reports',
    subject: userId,
    scopes: ['invoices:read'],
    claims: { team: 'finance' },
  } as const;
  const m2mToken = { kind: 'm2m_token', subject: MACHINE, scopes: [MACHINE], claims: null } as const;
  const oauthToken = {
    kind: 'oauth_token',
    clientId: 'local_oauth_client',
    subject: userId,
    scopes: ['profile', 'email'],
  } as const;
  return [
    { ...apiKey, ...valid, id: `ak_${hex('a1')}`, secret: 'ak_local_ada_valid' },
    { ...apiKey, ...revoked, id: `ak_${hex('a2')}`, secret: 'ak_local_ada_revoked' },
    { ...apiKey, ...expired, id: `ak_${hex('a3')}`, secret: 'ak_local_ada_expired' },
    { ...m2mToken, ...valid, id: `mt_${hex('b1')}`, secret: 'mt_local_nightly_valid' },
    { ...m2mToken, ...revoked, id: `mt_${hex('b2')}`, secret: 'mt_local_nightly_revoked' },
    { ...m2mToken, ...expired, id: `mt_${hex('b3')}`, secret: 'mt_local_nightly_expired' },
    { ...oauthToken, ...valid, id: `oat_${hex('c1')}`, secret: 'oat_local_ada_valid' },
    { ...oauthToken, ...revoked, id: `oat_${hex('c2')}`, secret: 'oat_local_ada_revoked' },
    { ...oauthToken, ...expired, id: `oat_${hex('c3')}`, secret: 'oat_local_ada_expired' },
  ];
}
