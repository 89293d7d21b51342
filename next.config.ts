import type { NextConfig } from 'next';
import { PHASE_PRODUCTION_BUILD, PHASE_PRODUCTION_SERVER } from 'next/constants';
import { EnvironmentError, parseEnv } from './gateway/env';
import { FIXED_HEADERS } from './gateway/security-headers';

const config: NextConfig = {
  // `npm run preview` builds with the keys of the local services, which must not end up in a real build.
  distDir: process.env.GATEHOUSE_DIST_DIR ?? '.next',
  // One copy of each at run time: with two, GraphQL takes the other's errors and types for strangers.
  serverExternalPackages: ['graphql', 'graphql-yoga', '@graphql-tools/utils', 'pino', 'pino-pretty'],
  poweredByHeader: false,
  // For whatever answers, files and Next itself included. What depends on the environment, pages get in proxy.ts.
  headers: async () => [
    {
      source: '/:path*',
      headers: Object.entries(FIXED_HEADERS).map(([key, value]) => ({ key, value })),
    },
  ],
  // Browsers ask for it while a page's own link to the icon is not there yet.
  rewrites: async () => [{ source: '/favicon.ico', destination: '/icon.svg' }],
  // A development server that starts on the cache of one before can make open pages reload over and over.
  experimental: { turbopackFileSystemCacheForDev: false },
};

/** Neither a production build nor the production server starts half configured: it says what is missing and ends. */
export default function nextConfig(phase: string): NextConfig {
  // A build needs no secret, but what is public becomes part of it. `next typegen` claims to build, and does not.
  if (phase === PHASE_PRODUCTION_BUILD && !process.argv.includes('typegen'))
    refuseProblems(['NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY']);
  if (phase === PHASE_PRODUCTION_SERVER) refuseProblems();
  return config;
}

/** @param only the variables that matter; all of them if left out. */
function refuseProblems(only?: readonly string[]): void {
  try {
    parseEnv();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    const problems = Object.entries(error.problems).filter(([name]) => only?.includes(name) ?? true);
    if (problems.length === 0) return;
    const { message } = new EnvironmentError(Object.fromEntries(problems));
    process.stderr.write(`\n${message}\n\nSee .env.example for what each of them is.\n`);
    process.exit(1);
  }
}
