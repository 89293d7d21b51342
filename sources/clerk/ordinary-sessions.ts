import { createCheckAuthorization } from '@clerk/shared/authorization';
import { __experimental_JWTPayloadToAuthObjectProperties as readClaims } from '@clerk/shared/jwtPayloadParser';
import type { JwtPayload } from '@clerk/shared/types';
import { createReadOrdinaryToken, type OrdinaryClaims, type OrdinaryToken } from './ordinary-token';
import type { VerifiedClaims } from './session-claims';
import { createVerifySignature } from './verify-signature';

/**
 * Accepts ordinary session tokens without Clerk's SDK, which takes many times as long for what comes down to one signature.
 *
 * It accepts a part of what the SDK accepts, with the same outcome, and refuses nothing: of every other token it says that it is not
 * ordinary, and the SDK judges it.
 */
export interface OrdinarySessions {
  /** The first step, which verifies nothing: undefined where the token is not ordinary. An ordinary one is no machine's. */
  read(token: string): OrdinaryToken | undefined;
  /**
   * The second step: undefined where the token is not ordinary after all.
   * @param pem the instance's key.
   * @param authorizedParties origins whose tokens are accepted. Empty: any.
   */
  verify(token: OrdinaryToken, pem: string, authorizedParties: readonly string[]): VerifiedClaims | undefined;
}

export function createOrdinarySessions(): OrdinarySessions {
  const verifySignature = createVerifySignature();
  return {
    read: createReadOrdinaryToken(),
    verify({ claims, signed, signature }, pem, authorizedParties) {
      if (!isItsTime(claims) || !isForUs(claims, authorizedParties)) return undefined;
      // Last, for it takes the longest.
      return verifySignature(signed, signature, pem) ? verifiedClaims(claims) : undefined;
    },
  };
}

/** By our clock. Clerk's SDK lets clocks differ by a few seconds: within these, it is asked. */
function isItsTime({ iat, nbf, exp }: OrdinaryClaims): boolean {
  const now = Date.now();
  return iat * 1000 <= now && nbf * 1000 <= now && now < exp * 1000;
}

function isForUs({ azp }: OrdinaryClaims, authorizedParties: readonly string[]): boolean {
  return authorizedParties.length === 0 || authorizedParties.includes(azp);
}

/** As `signedInAuthObject` of `@clerk/backend` makes it, with Clerk's own parts, but without an API client. */
function verifiedClaims(claims: JwtPayload): VerifiedClaims | undefined {
  try {
    const session = readClaims(claims);
    const { userId, orgId, orgRole, orgPermissions, factorVerificationAge } = session;
    const has = createCheckAuthorization({
      userId,
      orgId,
      orgRole,
      orgPermissions,
      factorVerificationAge,
      features: textOf(claims.fea),
      plans: textOf(claims.pla),
    });
    return { ...session, has };
  } catch {
    // Clerk's parser fails on claims that are not as it writes them. The SDK will say so.
    return undefined;
  }
}

/** What is no text grants nothing. */
function textOf(claim: unknown): string {
  return typeof claim === 'string' ? claim : '';
}
