import type { Auth, Entitlement, Reverification } from '../sources/ports';

/** Who may ask, in Clerk's terms. Two scopes in one map both have to hold; `$any` and `$all` combine maps. */
export interface Scopes {
  /** A user is signed in, with a session token. */
  signedIn: boolean;
  /** Role in the active organization: `org:admin`. */
  role: string;
  /** Permission in the active organization: `org:members:read`. */
  permission: string;
  /** Feature of the user or of the active organization: `org:reports`. */
  feature: string;
  /** Plan of the user or of the active organization: `org:team`. */
  plan: string;
  /** The user confirmed lately who they are. */
  reverification: Reverification;
  /** Nobody is impersonating the user. */
  inPerson: boolean;
}

/** Judges the scopes for a caller, each by itself. */
export function judge(auth: Auth) {
  const user = auth.kind === 'user' ? auth : null;
  const has = (entitlement: Entitlement) => user?.has(entitlement) ?? false;
  return {
    signedIn: user !== null,
    role: (role: string) => has({ role }),
    permission: (permission: string) => has({ permission }),
    feature: (feature: string) => has({ feature }),
    plan: (plan: string) => has({ plan }),
    reverification: (reverification: Reverification) => has({ reverification }),
    inPerson: user !== null && user.actorId === null,
  };
}
