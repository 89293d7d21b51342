import { auth, clerkClient } from '@clerk/nextjs/server';
import { createYoga } from 'graphql-yoga';
import { schema } from '../../../glue/schema.js';

const yoga = createYoga({
  schema,
  graphqlEndpoint: '/api/glue',
  fetchAPI: { Response },
  graphiql: false,
  context: async () => {
    const { userId, getToken } = await auth();
    return { userId, getToken, clerk: await clerkClient() };
  },
});

export const POST = (request) => yoga.handleRequest(request, {});
