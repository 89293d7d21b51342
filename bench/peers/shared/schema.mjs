import { GraphQLError } from 'graphql';
import { items } from './items.mjs';
import { checkNames } from './names.mjs';
import { taskEdges } from './tasks.mjs';

/** What Apollo Server and Mercurius serve. */
export const typeDefs = /* GraphQL */ `
  type Query {
    viewer: Viewer
    externalData: ExternalData
    items: [Item!]
  }
  type Viewer {
    id: ID!
    firstName: String
    lastName: String
  }
  type ExternalData {
    tasks(first: Int = 20): TaskConnection
  }
  type TaskConnection {
    edges: [TaskEdge!]
  }
  type TaskEdge {
    node: Task!
  }
  type Task {
    id: ID!
    title: String
    done: Boolean
    projectId: ID
    createdAt: String
  }
  type Item {
    id: ID!
    title: String
    done: Boolean
    priority: Int
    createdAt: String
  }
  type Mutation {
    updateProfile(input: UpdateProfileInput!): UpdateProfilePayload
  }
  input UpdateProfileInput {
    firstName: String
    lastName: String
  }
  type UpdateProfilePayload {
    viewer: Viewer!
  }
`;

/** @throws {GraphQLError} where nobody is signed in. */
function signedIn({ userId }) {
  if (userId) return { id: userId };
  throw new GraphQLError('Sign in to do this.', { extensions: { code: 'UNAUTHENTICATED' } });
}

/** Asks Clerk once for each viewer, however many of the names are selected. */
const userField =
  (name) =>
  async (viewer, _args, { clerk }) => {
    viewer.user ??= clerk.users.getUser(viewer.id);
    return (await viewer.user)[name];
  };

/** The context has `userId`, `getToken()` and a Backend API client `clerk`. */
export const resolvers = {
  Query: {
    viewer: (_root, _args, context) => signedIn(context),
    externalData: (_root, _args, context) => signedIn(context),
    items: (_root, _args, context) => {
      signedIn(context);
      return items;
    },
  },
  Viewer: { firstName: userField('firstName'), lastName: userField('lastName') },
  ExternalData: {
    tasks: async (_data, { first }, { getToken }) => ({ edges: await taskEdges(await getToken(), first) }),
  },
  Mutation: {
    updateProfile: (_root, { input }, context) => {
      const viewer = signedIn(context);
      checkNames(input);
      return { viewer };
    },
  },
};
