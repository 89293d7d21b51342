// Apollo Server's standalone server, with the caller's token verified in the context.
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { createClerkClient } from '@clerk/backend';
import { GraphQLError } from 'graphql';
import { bearerToken } from './shared/bearer-token.mjs';
import { address, apiUrl, secretKey } from './shared/config.mjs';
import { resolvers, typeDefs } from './shared/schema.mjs';
import { verify } from './shared/verify.mjs';

const clerk = createClerkClient({ secretKey, apiUrl });

await startStandaloneServer(new ApolloServer({ typeDefs, resolvers }), {
  listen: address,
  context: async ({ req }) => {
    const token = bearerToken(req.headers.authorization);
    return { userId: token && (await userOf(token)), getToken: async () => token, clerk };
  },
});

async function userOf(token) {
  try {
    return (await verify(token)).sub;
  } catch {
    throw new GraphQLError('The token is refused.', {
      extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } },
    });
  }
}
