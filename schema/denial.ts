import { GatehouseError } from '../errors/gatehouse-error';
import { sessionPending, unauthenticated } from '../errors/token-errors';
import type { Auth } from '../sources/ports';

/** What a caller is told whom a scope keeps out. */
export function denial(auth: Auth): GatehouseError {
  switch (auth.kind) {
    case 'anonymous':
      return unauthenticated();
    case 'pending':
      return sessionPending(auth.tasks);
    case 'user':
      return new GatehouseError('FORBIDDEN', 'You may not do this.');
  }
}
