import type { HttpBindings } from '@hono/node-server';

/** Environment of the Frontend API's applications. */
export interface FrontendEnv {
  readonly Bindings: Partial<HttpBindings>;
  readonly Variables: {
    /** Id of the client that the request's `__client` cookie stands for. */
    clientId: string | undefined;
  };
}
