import type { MachineToken } from '../state';

/** A machine token in the shape its verification answers with. Clerk tells that it is revoked or expired, and no more. */
export function machineTokenJson(token: MachineToken) {
  const common = {
    id: token.id,
    subject: token.subject,
    scopes: token.scopes,
    revoked: token.revocationReason !== null,
    revocation_reason: token.revocationReason,
    expired: token.expiresAt !== null && token.expiresAt <= Date.now(),
    expiration: token.expiresAt,
    created_at: token.createdAt,
    updated_at: token.createdAt,
    last_used_at: null,
  };
  switch (token.kind) {
    case 'api_key':
      return {
        object: 'api_key',
        type: 'api_key',
        ...common,
        name: token.name,
        description: null,
        claims: token.claims,
        created_by: token.subject,
      };
    case 'm2m_token':
      return { object: 'machine_to_machine_token', ...common, claims: token.claims };
    case 'oauth_token':
      return {
        object: 'clerk_idp_oauth_access_token',
        type: 'oauth:access_token',
        ...common,
        client_id: token.clientId,
      };
  }
}
