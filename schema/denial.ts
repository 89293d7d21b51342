import { type AuthFailure, AuthScopeFailureType } from '@pothos/plugin-scope-auth';
import { GatehouseError } from '../errors/gatehouse-error';
import { reverificationRequired } from '../errors/reverification-error';
import { sessionPending, unauthenticated } from '../errors/token-errors';
import type { Auth, Reverification } from '../sources/ports';

/** What a caller is told whom a scope keeps out. */
export function denial(auth: Auth, failure: AuthFailure): GatehouseError {
  switch (auth.kind) {
    case 'anonymous':
      return unauthenticated();
    case 'pending':
      return sessionPending(auth.tasks);
    case 'user':
      return forbidden(scopesOf(failure));
  }
}

interface FailedScope {
  readonly scope: string;
  readonly parameter: unknown;
}

function forbidden(failed: readonly FailedScope[]): GatehouseError {
  const others = failed.filter(({ scope }) => scope !== 'reverification');
  const reverification = failed.find(({ scope }) => scope === 'reverification');
  // Confirming a factor again is asked only of those whom it would let in.
  if (others.length === 0 && reverification !== undefined)
    return reverificationRequired(reverification.parameter as Reverification);
  const requires = others.map(({ scope, parameter }) => ({ [scope]: parameter }));
  return new GatehouseError('FORBIDDEN', 'You may not do this.', requires.length === 0 ? {} : { requires });
}

/** The single scopes that did not hold. */
function scopesOf(failure: AuthFailure): FailedScope[] {
  switch (failure.kind) {
    case AuthScopeFailureType.AuthScope:
      return [{ scope: failure.scope, parameter: failure.parameter }];
    case AuthScopeFailureType.AnyAuthScopes:
    case AuthScopeFailureType.AllAuthScopes:
      return failure.failures.flatMap(scopesOf);
    default:
      return [];
  }
}
