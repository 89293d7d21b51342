import { ApolloServer } from '@apollo/server';
import { startServerAndCreateNextHandler } from '@as-integrations/next';
import { auth, clerkClient } from '@clerk/nextjs/server';
import { resolvers, typeDefs } from '../../../../shared/schema.mjs';

const handler = startServerAndCreateNextHandler(new ApolloServer({ typeDefs, resolvers }), {
  context: async () => {
    const { userId, getToken } = await auth();
    return { userId, getToken, clerk: await clerkClient() };
  },
});

export const POST = (request) => handler(request);
