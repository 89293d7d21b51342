import type { RelatedRows } from '../resolvers/external/related-rows';
import type { Auth, AuthenticatedAuth, Directory, ExternalSources, UserAuth } from '../sources/ports';

/** What the schema needs of a request. `gateway/context.ts` makes it, frozen, once for each operation. */
export interface GatehouseContext {
  readonly auth: Auth;
  readonly directory: Directory;
  readonly sources: ExternalSources;
  readonly relatedRows: RelatedRows;
  /** The most that `first` may be. */
  readonly maxPageSize: number;
}

/** The context behind a field that needs a valid token, of whatever kind. */
export interface AuthenticatedContext extends GatehouseContext {
  readonly auth: AuthenticatedAuth;
}

/** The context behind a field that needs a signed-in user. */
export interface SignedInContext extends GatehouseContext {
  readonly auth: UserAuth;
}
