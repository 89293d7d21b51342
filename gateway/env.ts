import { z } from 'zod';
import { MAX_PAGE_SIZE } from '../resolvers/page-size';

/** How an endpoint answers a caller who sent no token. */
export type SignedOutMode = 'anonymous' | 'unauthorized' | 'not-found';

/** Which documents run: all, all with a warning for those that are not known, or only known ones. */
export type DocumentsMode = 'any' | 'persisted-preferred' | 'persisted-only';

/** How operations are executed: planned once for each document, or each time anew by graphql-js itself. Answers are the same. */
export type ExecutionMode = 'planned' | 'graphql-js';

/** Everything the gateway is told from outside. */
export interface GatewayConfig {
  readonly clerk: {
    readonly secretKey: string;
    readonly publishableKey: string;
    readonly jwtKey: string | undefined;
    readonly apiUrl: string | undefined;
    /** Signs the instance's webhooks; undefined: none are taken. */
    readonly webhookSecret: string | undefined;
    /** Calls of the Backend API in 10 s, for the whole process. */
    readonly callsPerWindow: number;
    /** How long users and organizations are remembered. */
    readonly recordCache: {
      /** Milliseconds for which they are answered without asking Clerk. */
      readonly freshMs: number;
      /** Milliseconds for which they are answered while Clerk does not. */
      readonly staleMs: number;
    };
    /** Base URL of a local Frontend API, to which pages pass the browser's calls on. */
    readonly frontendApiUrl: string | undefined;
  };
  readonly supabase: {
    readonly url: string;
    readonly anonKey: string;
    /** Name of the JWT template whose tokens Supabase takes; undefined: it takes session tokens. */
    readonly jwtTemplate: string | undefined;
  };
  /** A JSON API that serves rows; undefined: there is none. */
  readonly http: BearerApi | undefined;
  /** A remote GraphQL API that serves rows; undefined: there is none. */
  readonly graphql: BearerApi | undefined;
  /** Own public origin, such as `https://app.example.com`; undefined: the host that a request names. */
  readonly url: string | undefined;
  /** Origins besides our own. */
  readonly origins: readonly string[];
  readonly signedOut: SignedOutMode;
  readonly documents: DocumentsMode;
  readonly execution: ExecutionMode;
  /** How many proxies of our own stand in front; each adds an address to `X-Forwarded-For`. */
  readonly trustedProxies: number;
  readonly introspection: boolean;
  /** Whether each answer tells in `extensions.cost` which calls it took. */
  readonly cost: boolean;
  /** Whether the page with GraphiQL is there. */
  readonly graphiql: boolean;
  readonly limits: Limits;
  /** The longest a request may wait for its sources, in milliseconds. */
  readonly timeoutMs: number;
  /** How long the server goes on accepting after it was told to end, in milliseconds. */
  readonly drainMs: number;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
  /** Whether this is the development server, whose tools need more from a browser than the application does. */
  readonly development: boolean;
}

/** An API that takes the caller's token. */
export interface BearerApi {
  readonly url: string;
  /** Name of the JWT template whose tokens it takes; undefined: it takes session tokens. */
  readonly jwtTemplate: string | undefined;
}

/** What a request may be at most. */
export interface Limits {
  /** Bytes of a body. */
  readonly body: number;
  /** Bytes of the variables, as JSON. */
  readonly variables: number;
  /** Operations in one request. */
  readonly batch: number;
  readonly tokens: number;
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  readonly rootFields: number;
  readonly fragments: number;
  readonly cost: number;
  /** Items on a page. */
  readonly pageSize: number;
  /** Cost that one principal may ask for in a minute. 0: no limit. */
  readonly costPerMinute: number;
  /** Cost that one address may ask for in a minute. 0: no limit. */
  readonly addressCostPerMinute: number;
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type LogFormat = 'json' | 'pretty';

/** The environment does not configure a gateway. The message has a line for every variable that is missing or malformed. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';

  /** @param problems by variable name; never with a value, which may be a secret. */
  constructor(readonly problems: Readonly<Record<string, string>>) {
    const lines = Object.entries(problems).map(([name, problem]) => `  ${name}: ${problem}`);
    super(`The environment does not configure the gateway:\n${lines.join('\n')}`);
  }
}

const url = (problem: string) =>
  z
    .string()
    .refine((value) => /^https?:$/.test(parseUrl(value)?.protocol ?? ''), problem)
    .transform((value) => value.replace(/\/+$/, ''));

const origin = z
  .string()
  .refine(
    (value) => parseUrl(value)?.origin === value,
    'must be an origin, such as https://app.example.com, without a path or a slash at the end',
  );

const list = z
  .string()
  .default('')
  .transform((value) => value.split(',').flatMap((item) => item.trim() || []));

const onOrOff = z.enum(['on', 'off'], 'must be on or off').optional();

const wholeNumber = (unit: string, least: number, most: number) =>
  z.coerce
    .number(`must be a number of ${unit}`)
    .int(`must be a whole number of ${unit}`)
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`);

/** Four fifths of what Clerk allows in 10 s: https://clerk.com/docs/backend-requests/resources/rate-limits */
const CLERK_BUDGET = { live: 800, test: 80 } as const;

const jwtTemplate = z
  .string()
  .regex(/^[\w-]+$/, 'must be the name of a Clerk JWT template')
  .optional();

const ENVIRONMENT = z.object({
  CLERK_SECRET_KEY: z
    .string('is missing: the secret key of the Clerk instance, sk_…')
    .regex(/^sk_(live|test)_\S+$/, 'must be a Clerk secret key: sk_live_… or sk_test_…'),
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: z
    .string('is missing: the publishable key of the Clerk instance, pk_…')
    .regex(/^pk_(live|test)_[A-Za-z0-9+/=]+$/, 'must be a Clerk publishable key: pk_live_… or pk_test_…'),
  CLERK_JWT_KEY: z
    .string()
    .refine(isPublicKey, "must be the instance's public key in PEM form, -----BEGIN PUBLIC KEY-----…")
    .optional(),
  CLERK_WEBHOOK_SIGNING_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]+=*$/, "must be the signing secret of Clerk's webhook endpoint: whsec_…")
    .optional(),
  CLERK_API_URL: url('must be an http(s) URL, without /v1').optional(),
  CLERK_FAPI_URL: url('must be an http(s) URL').optional(),
  SUPABASE_URL: z.string('is missing: the URL of the Supabase project').pipe(url('must be an http(s) URL')),
  SUPABASE_ANON_KEY: z.string('is missing: the anonymous (publishable) key of the Supabase project').min(1),
  SUPABASE_JWT_TEMPLATE: jwtTemplate,
  HTTP_API_URL: url('must be an http(s) URL').optional(),
  HTTP_API_JWT_TEMPLATE: jwtTemplate,
  GRAPHQL_API_URL: url('must be an http(s) URL').optional(),
  GRAPHQL_API_JWT_TEMPLATE: jwtTemplate,
  GATEWAY_URL: origin.optional(),
  GATEWAY_ORIGINS: list.pipe(z.array(origin)),
  GATEWAY_SIGNED_OUT: z
    .enum(['anonymous', 'unauthorized', 'not-found'], 'must be anonymous, unauthorized or not-found')
    .default('anonymous'),
  GATEWAY_DOCUMENTS: z
    .enum(
      ['any', 'persisted-preferred', 'persisted-only'],
      'must be any, persisted-preferred or persisted-only',
    )
    .default('any'),
  GATEWAY_EXECUTION: z.enum(['planned', 'graphql-js'], 'must be planned or graphql-js').default('planned'),
  GATEWAY_TRUSTED_PROXIES: wholeNumber('proxies', 0, 10).default(0),
  GATEWAY_MAX_BODY_BYTES: wholeNumber('bytes', 1_000, 100_000_000).default(250_000),
  GATEWAY_MAX_VARIABLES_BYTES: wholeNumber('bytes', 100, 100_000_000).default(100_000),
  GATEWAY_MAX_BATCH: wholeNumber('operations', 1, 100).default(1),
  GATEWAY_MAX_TOKENS: wholeNumber('tokens', 10, 1_000_000).default(2_000),
  GATEWAY_MAX_DEPTH: wholeNumber('levels', 1, 1_000).default(16),
  GATEWAY_MAX_ALIASES: wholeNumber('aliases', 0, 10_000).default(30),
  GATEWAY_MAX_DIRECTIVES: wholeNumber('directives', 0, 10_000).default(30),
  GATEWAY_MAX_ROOT_FIELDS: wholeNumber('root fields', 1, 10_000).default(20),
  GATEWAY_MAX_FRAGMENTS: wholeNumber('fragments', 0, 10_000).default(100),
  GATEWAY_MAX_COST: wholeNumber('points', 1, 10_000_000).default(2_000),
  GATEWAY_MAX_PAGE_SIZE: wholeNumber('items', 1, MAX_PAGE_SIZE).default(MAX_PAGE_SIZE),
  GATEWAY_RATE_LIMIT: wholeNumber('points a minute', 0, 1_000_000_000).default(20_000),
  GATEWAY_ADDRESS_RATE_LIMIT: wholeNumber('points a minute', 0, 1_000_000_000).default(100_000),
  GATEWAY_CLERK_BUDGET: wholeNumber('calls', 1, 100_000).optional(),
  GATEWAY_CACHE_SECONDS: wholeNumber('seconds', 0, 86_400).default(30),
  GATEWAY_STALE_SECONDS: wholeNumber('seconds', 0, 86_400).default(600),
  GATEWAY_COST: onOrOff,
  GATEWAY_INTROSPECTION: onOrOff,
  GATEWAY_GRAPHIQL: onOrOff,
  GATEWAY_TIMEOUT_MS: wholeNumber('milliseconds', 1, 60_000).default(5_000),
  GATEWAY_DRAIN_MS: wholeNumber('milliseconds', 0, 600_000).default(5_000),
  GATEWAY_LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  GATEWAY_LOG_FORMAT: z.enum(['json', 'pretty'], 'must be json or pretty').optional(),
  NODE_ENV: z.string().optional(),
});

/** Names of the variables that the gateway reads. */
export const ENVIRONMENT_VARIABLES: readonly string[] = Object.keys(ENVIRONMENT.shape);

/**
 * Reads the configuration out of environment variables. An empty variable counts as not set.
 * @throws {EnvironmentError} naming every variable that is missing or malformed, all at once.
 */
export function parseEnv(
  variables: Readonly<Record<string, string | undefined>> = process.env,
): GatewayConfig {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = ENVIRONMENT.safeParse(set);
  if (!parsed.success) throw new EnvironmentError(problemsOf(parsed.error));
  const env = parsed.data;
  const development = env.NODE_ENV === 'production' ? 'off' : 'on';
  return {
    clerk: {
      secretKey: env.CLERK_SECRET_KEY,
      publishableKey: env.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY,
      jwtKey: env.CLERK_JWT_KEY,
      apiUrl: env.CLERK_API_URL,
      frontendApiUrl: env.CLERK_FAPI_URL,
      webhookSecret: env.CLERK_WEBHOOK_SIGNING_SECRET,
      callsPerWindow:
        env.GATEWAY_CLERK_BUDGET ??
        (env.CLERK_SECRET_KEY.startsWith('sk_live_') ? CLERK_BUDGET.live : CLERK_BUDGET.test),
      recordCache: {
        freshMs: env.GATEWAY_CACHE_SECONDS * 1_000,
        staleMs: env.GATEWAY_STALE_SECONDS * 1_000,
      },
    },
    supabase: {
      url: env.SUPABASE_URL,
      anonKey: env.SUPABASE_ANON_KEY,
      jwtTemplate: env.SUPABASE_JWT_TEMPLATE,
    },
    http: bearerApi(env.HTTP_API_URL, env.HTTP_API_JWT_TEMPLATE),
    graphql: bearerApi(env.GRAPHQL_API_URL, env.GRAPHQL_API_JWT_TEMPLATE),
    url: env.GATEWAY_URL,
    origins: env.GATEWAY_ORIGINS,
    signedOut: env.GATEWAY_SIGNED_OUT,
    documents: env.GATEWAY_DOCUMENTS,
    execution: env.GATEWAY_EXECUTION,
    trustedProxies: env.GATEWAY_TRUSTED_PROXIES,
    cost: (env.GATEWAY_COST ?? development) === 'on',
    introspection: (env.GATEWAY_INTROSPECTION ?? development) === 'on',
    graphiql: (env.GATEWAY_GRAPHIQL ?? development) === 'on',
    limits: {
      body: env.GATEWAY_MAX_BODY_BYTES,
      variables: env.GATEWAY_MAX_VARIABLES_BYTES,
      batch: env.GATEWAY_MAX_BATCH,
      tokens: env.GATEWAY_MAX_TOKENS,
      depth: env.GATEWAY_MAX_DEPTH,
      aliases: env.GATEWAY_MAX_ALIASES,
      directives: env.GATEWAY_MAX_DIRECTIVES,
      rootFields: env.GATEWAY_MAX_ROOT_FIELDS,
      fragments: env.GATEWAY_MAX_FRAGMENTS,
      cost: env.GATEWAY_MAX_COST,
      pageSize: env.GATEWAY_MAX_PAGE_SIZE,
      costPerMinute: env.GATEWAY_RATE_LIMIT,
      addressCostPerMinute: env.GATEWAY_ADDRESS_RATE_LIMIT,
    },
    timeoutMs: env.GATEWAY_TIMEOUT_MS,
    drainMs: env.GATEWAY_DRAIN_MS,
    logLevel: env.GATEWAY_LOG_LEVEL,
    logFormat: env.GATEWAY_LOG_FORMAT ?? (env.NODE_ENV === 'production' ? 'json' : 'pretty'),
    // Not the default: what development needs is less safe.
    development: env.NODE_ENV === 'development',
  };
}

let ofProcess: GatewayConfig | undefined;

/**
 * The configuration of this process: read when it is first needed, which a build does not, and kept.
 * @throws {EnvironmentError} as {@link parseEnv}.
 */
export function processConfig(): GatewayConfig {
  ofProcess ??= parseEnv();
  return ofProcess;
}

/** Where a server of this process listens: what `PORT` and `HOSTNAME` say, as they do for Next. */
export interface ListenAddress {
  readonly port: number;
  readonly hostname: string;
}

/** @throws {EnvironmentError} naming `PORT`, where it is no port. */
export function listenAddress(): ListenAddress {
  const { PORT, HOSTNAME } = process.env;
  const port = Number(PORT || 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new EnvironmentError({ PORT: 'must be a port number' });
  return { port, hostname: HOSTNAME || '0.0.0.0' };
}

function bearerApi(url: string | undefined, jwtTemplate: string | undefined): BearerApi | undefined {
  return url === undefined ? undefined : { url, jwtTemplate };
}

function problemsOf({ issues }: z.ZodError): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const { path, message } of issues) problems[String(path[0])] ??= message;
  return problems;
}

function parseUrl(value: string): URL | undefined {
  return URL.canParse(value) ? new URL(value) : undefined;
}

/** Clerk's dashboard gives the key with line breaks; they may be left out, but `\n` spelled out breaks every signature. */
function isPublicKey(value: string): boolean {
  return /^-----BEGIN PUBLIC KEY-----[A-Za-z0-9+/=\s]+-----END PUBLIC KEY-----\s*$/.test(value);
}
