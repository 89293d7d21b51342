import SchemaBuilder from '@pothos/core';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import { CLASSIFICATION_PLUGIN } from './classification';
import type { GatehouseContext, SignedInContext } from './context';
import { denial } from './denial';
import { judge, type Scopes } from './scopes';

/** Types, plugins and who-may-ask rules of the schema. No field lives here. */
export const builder = new SchemaBuilder<{
  Context: GatehouseContext;
  AuthScopes: Scopes;
  // Nobody passes any of the scopes without being signed in.
  AuthContexts: { [Scope in keyof Scopes]: SignedInContext };
  // Two scopes in one map both have to hold: Pothos alone would take either.
  DefaultAuthStrategy: 'all';
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: string; Output: Date | string };
  };
}>({
  // Classification comes first, so that it sees what was declared before other plugins rewrite it.
  plugins: [CLASSIFICATION_PLUGIN, ScopeAuthPlugin, RelayPlugin],
  scopeAuth: {
    defaultStrategy: 'all',
    authScopes: ({ auth }) => judge(auth),
    // Equal values are judged once.
    cacheKey: (value) => JSON.stringify(value),
    // A scope that fails to answer denies.
    treatErrorsAsUnauthorized: true,
    unauthorizedError: (_parent, { auth }, _info, { failure }) => denial(auth, failure),
  },
  relay: {
    cursorType: 'String',
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    edgesFieldOptions: { description: 'What the page holds, in order.' },
    pageInfoFieldOptions: { description: 'How to go on from the page.' },
    nodeFieldOptions: { description: 'What stands here.' },
    cursorFieldOptions: { description: 'Marks this place: pass it as `after` to go on behind it.' },
    hasNextPageFieldOptions: { description: 'Whether there is more behind the page.' },
    hasPreviousPageFieldOptions: { description: 'Whether there is something before the page.' },
    startCursorFieldOptions: { description: 'Cursor of the first edge; null on an empty page.' },
    endCursorFieldOptions: {
      description: 'Cursor of the last edge: pass it as `after` to get the next page.',
    },
    // Reached through fields that are scoped themselves, and says nothing without them.
    pageInfoTypeOptions: { public: true, description: 'Where a page of a connection begins and ends.' },
  },
});
