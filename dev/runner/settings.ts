import { createRequire } from 'node:module';
import type { loadEnvConfig as LoadEnvConfig } from '@next/env';

// The package is CommonJS without named exports that Node can see.
const { loadEnvConfig } = createRequire(import.meta.url)('@next/env') as {
  readonly loadEnvConfig: typeof LoadEnvConfig;
};

export type Mode = 'dev' | 'preview';

/** What serves a preview: Next, as `npm start` does; the gateway without pages; or the gateway in front of Next's pages. */
export type PreviewServer = 'next' | 'serve' | 'serve-pages';

/** What `npm run dev` and `npm run preview` are told. */
export interface Settings {
  readonly mode: Mode;
  /** `next` in development. */
  readonly server: PreviewServer;
  readonly ports: { readonly app: number; readonly clerk: number; readonly supabase: number };
  /** Life of the local Clerk's session tokens, in seconds; undefined: as with Clerk. */
  readonly tokenLifetime: number | undefined;
  /** The Clerk instance that the environment names; null: the local one. */
  readonly clerk: RealClerk | null;
  /** Whether the environment names a Supabase project; otherwise the local one is used. */
  readonly realSupabase: boolean;
}

export interface RealClerk {
  readonly secretKey: string;
  readonly publishableKey: string;
  readonly apiUrl: string;
}

/** Something in the environment or on the command line is to be mended by whoever started this. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Reads the environment and the `.env` files, which Next reads in the same order.
 * @throws {SettingsError} naming the variable.
 */
export function readSettings(mode: Mode, server: PreviewServer, projectFolder: string): Settings {
  loadEnvConfig(projectFolder, mode === 'dev', { info: () => {}, error: console.error });
  return {
    mode,
    server,
    ports: {
      app: port('PORT', 3000),
      clerk: port('LOCAL_CLERK_PORT', 4410),
      supabase: port('LOCAL_SUPABASE_PORT', 54321),
    },
    tokenLifetime: tokenLifetime(),
    clerk: realClerk(),
    realSupabase: bothOrNone('SUPABASE_URL', 'SUPABASE_ANON_KEY', 'Supabase') !== null,
  };
}

function realClerk(): RealClerk | null {
  const keys = bothOrNone('CLERK_SECRET_KEY', 'NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY', 'Clerk');
  if (keys === null) return null;
  const [secretKey, publishableKey] = keys;
  return { secretKey, publishableKey, apiUrl: process.env.CLERK_API_URL || 'https://api.clerk.com' };
}

function bothOrNone(first: string, second: string, service: string): [string, string] | null {
  const [one, other] = [process.env[first], process.env[second]];
  if (one && other) return [one, other];
  if (one || other)
    throw new SettingsError(
      `${one ? first : second} is set and ${one ? second : first} is not. Set both to use your ${service}, or neither to use the local one.`,
    );
  return null;
}

function tokenLifetime(): number | undefined {
  const text = process.env.LOCAL_CLERK_TOKEN_LIFETIME ?? '';
  if (text === '') return undefined;
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new SettingsError('LOCAL_CLERK_TOKEN_LIFETIME must be a number of seconds.');
}

/** A port number from a variable. */
function port(variable: string, fallback: number): number {
  const text = process.env[variable] ?? '';
  if (text === '') return fallback;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 65_535) return value;
  throw new SettingsError(`${variable} must be a port number between 1 and 65535.`);
}
