import type { JWTVerifyGetKey } from 'jose';
import { Control } from '../control';
import { type Service, serve } from '../serve';
import { type Engine, startEngine } from './engine';
import { ANON_KEY, createFront } from './front';
import type { UpstreamFetch } from './upstream';

export interface LocalSupabaseOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Secret of the HS256 tokens that Clerk's Supabase template signs, and of the engine. */
  readonly jwtSecret: string;
  /** `iss` of the Clerk instance's session tokens. */
  readonly issuer: string;
  /** Public keys of the Clerk instance. */
  readonly jwks: JWTVerifyGetKey;
  /** An engine that somebody else started with the same secret, and who resets and closes it. Default: starts one. */
  readonly engine?: UpstreamFetch;
  /** Clerk ids of Ada, Grace and Alan, whose tasks an engine started here is seeded with. */
  readonly userIds?: readonly string[];
}

export interface LocalSupabase extends Service {
  /** Goes into the header `apikey`. */
  readonly anonKey: string;
  readonly control: Control;
}

/**
 * Starts a Supabase on the loopback interface that accepts the tokens of one Clerk instance.
 *
 * @throws {Error} naming `LOCAL_SUPABASE_PORT` when the port is taken or may not be used.
 */
export async function startLocalSupabase(options: LocalSupabaseOptions): Promise<LocalSupabase> {
  const { port, engine: given, userIds = [], ...tokens } = options;
  const engine =
    given === undefined ? await startEngine({ jwtSecret: tokens.jwtSecret, userIds }) : borrow(given);
  const control = new Control(() => engine.reset());
  const front = createFront({ ...tokens, upstream: engine.fetch, control });
  try {
    const service = await serve({ fetch: front.fetch, port, portVariable: 'LOCAL_SUPABASE_PORT' });
    return {
      url: service.url,
      anonKey: ANON_KEY,
      control,
      close: async () => {
        await service.close();
        await engine.close();
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

function borrow(fetch: UpstreamFetch): Pick<Engine, 'fetch' | 'reset' | 'close'> {
  const nothing = () => Promise.resolve();
  return { fetch, reset: nothing, close: nothing };
}
