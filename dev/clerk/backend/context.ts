import type { HttpBindings } from '@hono/node-server';
import type { Signer } from '../keys';
import type { Store } from '../store';
import type { TokenIssuer } from '../tokens/issuer';

/** What the endpoints work on. */
export interface Instance {
  readonly store: Store;
  readonly signer: Signer;
  readonly tokens: TokenIssuer;
  /** Origin of the application. */
  readonly appUrl: string;
}

/** Environment of the Hono applications, the one of {@link import('../../control').Control}. */
export type Env = { Bindings: Partial<HttpBindings> };
