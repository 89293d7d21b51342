import { ClerkError } from '../errors';
import type { Store } from '../store';

/** Uses a sign-in token up. @returns the id of the user it signs in. @throws {ClerkError} 400 unless it may still be used. */
export function acceptTicket(store: Store, ticket: string): string {
  const found = store.state.signInTokens.find(({ token }) => token === ticket);
  if (found === undefined) throw refusal('ticket_invalid_code', 'The ticket is invalid.');
  switch (found.status) {
    case 'accepted':
      throw refusal('sign_in_token_already_used_code', 'This sign in token has already been used.');
    case 'revoked':
      throw refusal('sign_in_token_revoked_code', 'This sign in token has been revoked.');
    case 'pending':
      if (found.expiresAt <= Date.now()) throw refusal('ticket_expired_code', 'The ticket has expired.');
  }
  store.apply({
    type: 'signInToken.updated',
    signInToken: { ...found, status: 'accepted', updatedAt: Date.now() },
  });
  return found.userId;
}

function refusal(code: string, message: string): ClerkError {
  return new ClerkError(400, { code, message });
}
