import SchemaBuilder from '@pothos/core';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import { CLASSIFICATION_PLUGIN } from './classification';
import type { AuthenticatedContext, GatehouseContext, SignedInContext } from './context';
import { COST_PLUGIN } from './cost';
import { brokenRuleDenial, denial } from './denial';
import { GRANT_NOTES_PLUGIN, GRANTED_SCOPES_PLUGIN } from './granted-scopes';
import { SAFE_RULES_PLUGIN } from './safe-rules';
import { judge, LASTING_SCOPES, type Scopes, type ScopesOfAnyToken } from './scopes';

interface GatehouseTypes {
  Context: GatehouseContext;
  AuthScopes: Scopes;
  // Nobody passes any of the scopes without a token.
  AuthContexts: {
    [Scope in keyof Scopes]: Scope extends keyof ScopesOfAnyToken ? AuthenticatedContext : SignedInContext;
  };
  // Two scopes in one map both have to hold: Pothos alone would take either.
  DefaultAuthStrategy: 'all';
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: string; Output: Date | string };
  };
}

/** A builder with the types, plugins and who-may-ask rules of the gateway, and without a field. */
export function createBuilder() {
  return new SchemaBuilder<GatehouseTypes>({
    // Classification comes first, so that it sees what was declared before other plugins rewrite it.
    plugins: [
      CLASSIFICATION_PLUGIN,
      SAFE_RULES_PLUGIN,
      COST_PLUGIN,
      // The first plugin is called first. Whom the scopes let in before goes past them; whom they let in now is noted behind them.
      GRANTED_SCOPES_PLUGIN,
      ScopeAuthPlugin,
      GRANT_NOTES_PLUGIN,
      RelayPlugin,
    ],
    brokenRule: (context, cause) => brokenRuleDenial((context as GatehouseContext).auth, cause),
    // Requests with the same token share one `auth`, for as long as the token is good.
    grantedScopes: { callerOf: (context) => (context as GatehouseContext).auth, lasting: LASTING_SCOPES },
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
}

/** The builder of the schema. No field lives here. */
export const builder = createBuilder();
