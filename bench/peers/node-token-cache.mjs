// The limit: tokens that were verified are known.
import { isTimely, serveBare, verifyBare } from './shared/bare.mjs';

/** Tokens that are kept; beyond it the one that came first goes. */
const MOST = 50_000;
const cache = new Map();

serveBare((token) => {
  const known = cache.get(token);
  if (known !== undefined && isTimely(known)) return known;
  const claims = verifyBare(token);
  if (claims === undefined) return undefined;
  if (cache.size >= MOST) cache.delete(cache.keys().next().value);
  cache.set(token, claims);
  return claims;
});
