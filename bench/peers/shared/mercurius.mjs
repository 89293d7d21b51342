import { createClerkClient } from '@clerk/backend';
import fastify from 'fastify';
import mercurius from 'mercurius';
import { bearerToken } from './bearer-token.mjs';
import { address, apiUrl, secretKey } from './config.mjs';
import { resolvers, typeDefs } from './schema.mjs';

/**
 * Mercurius with its just-in-time compiler, with the caller's token verified in the context.
 *
 * @param verify from a token to its claims; rejects where it is refused.
 */
export async function serveMercurius(verify) {
  const clerk = createClerkClient({ secretKey, apiUrl });
  const app = fastify();
  await app.register(mercurius, {
    schema: typeDefs,
    resolvers,
    // Compiled from the first execution on.
    jit: 1,
    path: '/graphql',
    context: async ({ headers }) => {
      const token = bearerToken(headers.authorization);
      return { userId: token && (await userOf(token)), getToken: async () => token, clerk };
    },
  });

  async function userOf(token) {
    try {
      return (await verify(token)).sub;
    } catch {
      throw new mercurius.ErrorWithProps('The token is refused.', { code: 'UNAUTHENTICATED' }, 401);
    }
  }

  await app.listen(address);
}
