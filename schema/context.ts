import type { Auth, Directory, ExternalRows, UserAuth } from '../sources/ports';

/** What the schema needs of a request. `gateway/context.ts` makes it, frozen, once for each operation. */
export interface GatehouseContext {
  readonly auth: Auth;
  readonly directory: Directory;
  readonly rows: ExternalRows;
}

/** The context behind a field that needs a signed-in user. */
export interface SignedInContext extends GatehouseContext {
  readonly auth: UserAuth;
}
