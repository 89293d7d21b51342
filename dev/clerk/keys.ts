import { createPublicKey } from 'node:crypto';
import {
  compactVerify,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { z } from 'zod';
import { newId } from './ids';

const text = z.string().min(1);

/** Shape of {@link InstanceKeys} wherever they come from outside, such as a state file. */
export const InstanceKeysSchema = z.object({
  kid: text,
  privateKey: z.object({
    kty: z.literal('RSA'),
    n: text,
    e: text,
    d: text,
    p: text,
    q: text,
    dp: text,
    dq: text,
    qi: text,
  }),
});

/** Keys of an instance as plain JSON, so that they can pass between processes. */
export type InstanceKeys = z.infer<typeof InstanceKeysSchema>;

/** A new RSA-2048 pair (e = 65537, which the SDK's PEM reader demands). Takes about 0.1 to 0.5 seconds. */
export async function generateInstanceKeys(): Promise<InstanceKeys> {
  const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
  return InstanceKeysSchema.parse({
    kid: newId('ins'),
    privateKey: await exportJWK(privateKey),
  });
}

/** Signs with the instance key and publishes its public half. */
export interface Signer {
  readonly kid: string;
  /** Public key as `GET /v1/jwks` lists it. */
  readonly publicJwk: JWK;
  /** PEM of the public key on one line, as `CLERK_JWT_KEY` wants it. */
  readonly jwtKey: string;
  /** @param header overrides `alg`, `kid` and `typ`. @throws {TypeError} when the key cannot sign with the `alg`. */
  sign(claims: JWTPayload, header?: Partial<JWTHeaderParameters>): Promise<string>;
  /** Claims of a token that the instance key signed, whether or not it has expired; undefined for any other. */
  open(token: string): Promise<Claims | undefined>;
}

const ClaimsSchema = z.looseObject({ sub: z.string().optional(), sid: z.string().optional() });

type Claims = z.infer<typeof ClaimsSchema>;

export async function createSigner({ kid, privateKey }: InstanceKeys): Promise<Signer> {
  const { kty, n, e } = privateKey;
  const key = await importJWK(privateKey, 'RS256');
  const publicKey = createPublicKey({ key: { kty, n, e }, format: 'jwk' });
  return {
    kid,
    publicJwk: { use: 'sig', kty, kid, alg: 'RS256', n, e },
    jwtKey: publicKey.export({ type: 'spki', format: 'pem' }).toString().replaceAll('\n', ''),
    sign: (claims, header) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT', ...header }).sign(key),
    open: async (token) => {
      try {
        const { payload } = await compactVerify(token, publicKey, { algorithms: ['RS256'] });
        return ClaimsSchema.parse(JSON.parse(new TextDecoder().decode(payload)));
      } catch {
        return undefined;
      }
    },
  };
}
