// Mercurius with the claims of verified tokens kept, as many as the gateway keeps.
import { LRUCache } from 'lru-cache';
import { serveMercurius } from './shared/mercurius.mjs';
import { verify } from './shared/verify.mjs';

const cache = new LRUCache({ max: 50_000 });

await serveMercurius(async (token) => {
  const known = cache.get(token);
  if (known !== undefined && known.exp * 1000 > Date.now()) return known;
  const claims = await verify(token);
  cache.set(token, claims);
  return claims;
});
