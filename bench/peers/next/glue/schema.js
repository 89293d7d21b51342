import SchemaBuilder from '@pothos/core';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import { checkNames } from '../../shared/names.mjs';
import { taskEdges } from '../../shared/tasks.mjs';

const builder = new SchemaBuilder({
  plugins: [ScopeAuthPlugin],
  scopeAuth: { authScopes: ({ userId }) => ({ signedIn: userId !== null }) },
});

const signedIn = { authScopes: { signedIn: true } };

/** Asks Clerk once for each viewer, however many of the names are selected. */
const userField =
  (name) =>
  async (viewer, _args, { clerk }) => {
    viewer.user ??= clerk.users.getUser(viewer.id);
    return (await viewer.user)[name];
  };

const Viewer = builder.objectRef('Viewer').implement({
  ...signedIn,
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false }),
    firstName: t.string({ nullable: true, resolve: userField('firstName') }),
    lastName: t.string({ nullable: true, resolve: userField('lastName') }),
  }),
});

const Task = builder.objectRef('Task').implement({
  ...signedIn,
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false }),
    title: t.exposeString('title', { nullable: true }),
    done: t.exposeBoolean('done', { nullable: true }),
    projectId: t.exposeID('projectId', { nullable: true }),
    createdAt: t.exposeString('createdAt', { nullable: true }),
  }),
});

const TaskEdge = builder.objectRef('TaskEdge').implement({
  ...signedIn,
  fields: (t) => ({ node: t.expose('node', { type: Task, nullable: false }) }),
});

const TaskConnection = builder.objectRef('TaskConnection').implement({
  ...signedIn,
  fields: (t) => ({ edges: t.expose('edges', { type: [TaskEdge], nullable: true }) }),
});

const ExternalData = builder.objectRef('ExternalData').implement({
  ...signedIn,
  fields: (t) => ({
    tasks: t.field({
      type: TaskConnection,
      nullable: true,
      args: { first: t.arg.int({ required: true, defaultValue: 20 }) },
      resolve: async (_data, { first }, { getToken }) => ({
        edges: await taskEdges(await getToken(), first),
      }),
    }),
  }),
});

const UpdateProfileInput = builder.inputType('UpdateProfileInput', {
  fields: (t) => ({ firstName: t.string(), lastName: t.string() }),
});

const UpdateProfilePayload = builder.objectRef('UpdateProfilePayload').implement({
  ...signedIn,
  fields: (t) => ({ viewer: t.expose('viewer', { type: Viewer, nullable: false }) }),
});

const viewerOf = (_root, _args, { userId }) => ({ id: userId });

builder.queryType({
  fields: (t) => ({
    viewer: t.field({ ...signedIn, type: Viewer, nullable: true, resolve: viewerOf }),
    externalData: t.field({ ...signedIn, type: ExternalData, nullable: true, resolve: viewerOf }),
  }),
});

builder.mutationType({
  fields: (t) => ({
    updateProfile: t.field({
      ...signedIn,
      type: UpdateProfilePayload,
      nullable: true,
      args: { input: t.arg({ type: UpdateProfileInput, required: true }) },
      resolve: (root, { input }, context) => {
        checkNames(input);
        return { viewer: viewerOf(root, {}, context) };
      },
    }),
  }),
});

export const schema = builder.toSchema();
