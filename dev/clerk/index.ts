import type { JWTHeaderParameters, JWTPayload } from 'jose';
import { Control } from '../control';
import { type Service, serve } from '../serve';
import { createApp } from './app';
import { ISSUER, PUBLISHABLE_KEY, SECRET_KEY } from './instance';
import { createSigner, generateInstanceKeys, type InstanceKeys } from './keys';
import { type RateLimit, RateLimiter } from './rate-limit';
import { SEED_USERS, type SeedUser, seedState } from './seed';
import { readStateFile, writeStateFile } from './state-file';
import { Store } from './store';
import { type MintOptions, TokenIssuer } from './tokens/issuer';
import { WebhookDeliveries, type WebhookTarget } from './webhooks/deliveries';
import { webhookEvent } from './webhooks/event';

export { generateInstanceKeys, type InstanceKeys, type MintOptions, type SeedUser };

/** How long a session token of Clerk lives, in seconds. */
const TOKEN_LIFETIME = 60;

export interface LocalClerkOptions {
  /** 0 takes any free port; LOCAL_CLERK_PORT is the variable named in a port clash. */
  readonly port: number;
  /** Origin of the application, which tokens carry as `azp`, such as http://localhost:3000. */
  readonly appUrl: string;
  /** Instance keys. Default: those kept in the state file, or a new RSA-2048 pair. */
  readonly keys?: InstanceKeys | undefined;
  /** Secret of the HS256 template `supabase`. */
  readonly templateSecret: string;
  /** Life of session tokens in seconds; default 60 as with Clerk. */
  readonly tokenLifetime?: number | undefined;
  /** Where events are delivered, and the `whsec_…` secret they are signed with. Default: nowhere. */
  readonly webhook?: WebhookTarget | undefined;
  /** A JSON file in which keys and state are kept between starts. Default: memory only. */
  readonly stateFile?: string | undefined;
  /** Default: none. Clerk's development instances allow 100 requests per 10,000 ms. */
  readonly rateLimit?: RateLimit | undefined;
}

/** A local Clerk that is listening. */
export interface LocalClerk extends Service {
  readonly publishableKey: string;
  readonly secretKey: string;
  /** PEM of the public key on one line, as `CLERK_JWT_KEY` wants it. */
  readonly jwtKey: string;
  /** `iss` of every token. */
  readonly issuer: string;
  /** Counts calls and injects faults; its reset puts the state back to the seed and drops undelivered webhooks. */
  readonly control: Control;
  /** The users of the seed. */
  readonly users: readonly SeedUser[];
  /** Everything the instance knows; changes go through `state.apply`. */
  readonly state: Store;
  /**
   * A token as a signed-in browser would have it, without HTTP.
   *
   * @throws {ClerkError} 404 when something it names does not exist.
   */
  mintSessionToken(options: MintOptions): Promise<string>;
  /** Signs any claims and header with the instance key, for tests of tokens that must be refused. */
  sign(claims: JWTPayload, header?: Partial<JWTHeaderParameters>): Promise<string>;
  /** Settles when every webhook so far has been delivered or dropped. */
  idle(): Promise<void>;
}

/**
 * Starts a stand-in for a Clerk instance, which the unmodified SDKs work against.
 *
 * @throws {Error} naming the state file when it is invalid, or LOCAL_CLERK_PORT when the port is taken.
 */
export async function startLocalClerk(options: LocalClerkOptions): Promise<LocalClerk> {
  const { stateFile, appUrl, templateSecret, tokenLifetime = TOKEN_LIFETIME } = options;
  const saved = stateFile === undefined ? undefined : readStateFile(stateFile);
  const keys = options.keys ?? saved?.keys ?? (await generateInstanceKeys());
  const signer = await createSigner(keys);
  const store = new Store(seedState, saved?.state);
  const tokens = new TokenIssuer({ store, signer, appUrl, templateSecret, lifetime: tokenLifetime });
  const webhooks = options.webhook && new WebhookDeliveries(options.webhook, signer.kid);
  const limiter = options.rateLimit && new RateLimiter(options.rateLimit);
  const control = new Control(() => {
    store.reset();
    webhooks?.drop();
    limiter?.reset();
  });

  const app = createApp({ store, signer, tokens, appUrl }, control, limiter?.middleware());
  const service = await serve({ fetch: app.fetch, port: options.port, portVariable: 'LOCAL_CLERK_PORT' });

  // Not before the port is ours: a second start by mistake must leave the first one's file alone.
  if (stateFile !== undefined) {
    const save = () => writeStateFile(stateFile, { keys, state: store.state });
    save();
    store.onChange(save);
  }
  if (webhooks !== undefined)
    store.onChange((state, change) => {
      const event = change === null ? undefined : webhookEvent(state, change);
      if (event !== undefined) webhooks.send(event);
    });

  return {
    url: service.url,
    publishableKey: PUBLISHABLE_KEY,
    secretKey: SECRET_KEY,
    jwtKey: signer.jwtKey,
    issuer: ISSUER,
    control,
    users: SEED_USERS,
    state: store,
    mintSessionToken: (mint) => tokens.mint(mint),
    sign: (claims, header) => signer.sign(claims, header),
    idle: () => webhooks?.idle() ?? Promise.resolve(),
    close: async () => {
      webhooks?.drop();
      await service.close();
    },
  };
}
