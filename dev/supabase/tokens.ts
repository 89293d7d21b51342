import {
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
  SignJWT,
} from 'jose';

export interface TokenOptions {
  /** Secret of the HS256 tokens: those of Clerk's Supabase template and those the engine accepts. */
  readonly jwtSecret: string;
  /** `iss` of the Clerk instance's session tokens. */
  readonly issuer: string;
  /** Public keys of the Clerk instance. */
  readonly jwks: JWTVerifyGetKey;
}

/** A token that is not let through, with what PostgREST says about it. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
  /** PGRST301: not a token of ours. PGRST303: its time is over or has not come. */
  readonly code: 'PGRST301' | 'PGRST303';

  constructor(code: TokenRefused['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Returns a function that verifies a user's token and signs its claims again for the engine, which knows no
 * RS256 and trusts any role. Like a hosted Supabase it takes Clerk's session token (RS256) and a token of
 * Clerk's Supabase template (HS256). Only the role `authenticated` passes.
 *
 * The function throws {@link TokenRefused}, or whatever else `jwks` throws when it cannot get the keys.
 */
export function createExchange({
  jwtSecret,
  issuer,
  jwks,
}: TokenOptions): (token: string) => Promise<string> {
  const secret = new TextEncoder().encode(jwtSecret);

  // The algorithm chooses the key and is pinned to it: with a public key as HS256 secret anybody could sign.
  async function verify(token: string): Promise<JWTPayload> {
    switch (algorithm(token)) {
      case 'RS256': {
        const { payload } = await jwtVerify(token, jwks, { algorithms: ['RS256'], issuer });
        // A hosted Supabase wants the claim. Clerk adds it to session tokens once its Supabase integration is
        // switched on, which the local Clerk has no switch for.
        return { role: 'authenticated', ...payload };
      }
      case 'HS256':
        return (await jwtVerify(token, secret, { algorithms: ['HS256'] })).payload;
      default:
        throw new TokenRefused('PGRST301', 'Wrong or unsupported encoding algorithm');
    }
  }

  return async (token) => {
    const claims = await verify(token).catch((error: unknown) => {
      throw refusal(error) ?? error;
    });
    if (claims.role !== 'authenticated')
      throw new TokenRefused('PGRST301', 'Only the role "authenticated" is allowed');
    return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(secret);
  };
}

function algorithm(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).alg;
  } catch (cause) {
    throw new TokenRefused('PGRST301', 'JWT could not be decoded', { cause });
  }
}

/** Undefined for an error that is not the token's fault. */
function refusal(cause: unknown): TokenRefused | undefined {
  if (cause instanceof errors.JWTExpired) return new TokenRefused('PGRST303', 'JWT expired', { cause });
  if (cause instanceof errors.JWTClaimValidationFailed && cause.claim === 'nbf')
    return new TokenRefused('PGRST303', 'JWT not yet valid', { cause });
  return TOKEN_FAULTS.some((fault) => cause instanceof fault)
    ? new TokenRefused('PGRST301', 'No suitable key or wrong key type', { cause })
    : undefined;
}

const TOKEN_FAULTS = [
  errors.JWTClaimValidationFailed,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
  errors.JOSENotSupported,
];
