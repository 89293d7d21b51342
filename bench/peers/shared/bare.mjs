import { createPublicKey, verify } from 'node:crypto';
import { createServer } from 'node:http';
import { bearerToken } from './bearer-token.mjs';
import { address, authorizedParties, jwtKey } from './config.mjs';

// Clerk's PEM may be on one line, which OpenSSL does not read.
const der = Buffer.from(jwtKey.replace(/-----[A-Z ]+-----|\s/g, ''), 'base64');
const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
const JSON_HEADERS = { 'content-type': 'application/json' };

/** Claims of a session token. Undefined where its signature, its time or the origin that it was issued for is wrong. */
export function verifyBare(token) {
  const [header, payload, signature] = token.split('.');
  if (signature === undefined) return undefined;
  const signed = Buffer.from(token.slice(0, header.length + 1 + payload.length));
  if (!verify('sha256', signed, key, Buffer.from(signature, 'base64url'))) return undefined;
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  return isTimely(claims) && authorizedParties.includes(claims.azp) ? claims : undefined;
}

export function isTimely({ exp }) {
  return exp * 1000 > Date.now();
}

/**
 * The least that a server can do: node:http, a token, an answer. The body is not even read.
 *
 * @param claimsOf from a token to its claims; undefined where it is refused.
 */
export function serveBare(claimsOf) {
  createServer((request, response) => {
    const token = bearerToken(request.headers.authorization);
    const claims = token && claimsOf(token);
    const body = claims
      ? `{"data":{"viewer":{"id":"${claims.sub}"}}}`
      : '{"errors":[{"message":"Sign in to do this."}]}';
    response.writeHead(claims ? 200 : 401, { ...JSON_HEADERS, 'content-length': body.length });
    response.end(body);
  }).listen(address.port, address.host);
}
