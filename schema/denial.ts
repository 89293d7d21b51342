import { type AuthFailure, AuthScopeFailureType } from '@pothos/plugin-scope-auth';
import { GatehouseError } from '../errors/gatehouse-error';
import { reverificationRequired } from '../errors/reverification-error';
import { sessionPending, unauthenticated } from '../errors/token-errors';
import type { Auth, Reverification } from '../sources/ports';

/** What a caller is told whom a scope keeps out. */
export function denial(auth: Auth, failure: AuthFailure): GatehouseError {
  const failed = scopesOf(failure);
  return denied(auth, failed, failed.find(({ cause }) => cause !== null)?.cause);
}

/** What a caller is told whom a rule keeps out that broke. `cause` is for the log. */
export function brokenRuleDenial(auth: Auth, cause: unknown): GatehouseError {
  return denied(auth, [], cause);
}

interface FailedScope {
  readonly scope: string;
  readonly parameter: unknown;
  /** What the scope threw; null where it said no. */
  readonly cause: unknown;
}

function denied(auth: Auth, failed: readonly FailedScope[], cause: unknown): GatehouseError {
  const error = denialOf(auth, failed);
  return cause == null ? error : new GatehouseError(error.code, error.message, error.details, { cause });
}

function denialOf(auth: Auth, failed: readonly FailedScope[]): GatehouseError {
  switch (auth.kind) {
    case 'anonymous':
      return unauthenticated();
    case 'pending':
      return sessionPending(auth.tasks);
    case 'user':
      return userDenial(failed);
    default:
      return forbidden(failed);
  }
}

function userDenial(failed: readonly FailedScope[]): GatehouseError {
  const others = failed.filter(({ scope }) => scope !== 'reverification');
  const reverification = failed.find(({ scope }) => scope === 'reverification');
  // Confirming a factor again is asked only of those whom it would let in.
  return others.length === 0 && reverification !== undefined
    ? reverificationRequired(reverification.parameter as Reverification)
    : forbidden(others);
}

function forbidden(failed: readonly FailedScope[]): GatehouseError {
  const requires = failed.map(({ scope, parameter }) => ({ [scope]: parameter }));
  return new GatehouseError('FORBIDDEN', 'You may not do this.', requires.length === 0 ? {} : { requires });
}

/** The single scopes that did not hold. */
function scopesOf(failure: AuthFailure): FailedScope[] {
  switch (failure.kind) {
    case AuthScopeFailureType.AuthScope:
      return [{ scope: failure.scope, parameter: failure.parameter, cause: failure.error }];
    case AuthScopeFailureType.AnyAuthScopes:
    case AuthScopeFailureType.AllAuthScopes:
      return failure.failures.flatMap(scopesOf);
    default:
      return [];
  }
}
