import type { NextConfig } from 'next';
import { PHASE_PRODUCTION_SERVER } from 'next/constants';
import { EnvironmentError, parseEnv } from './gateway/env';

const config: NextConfig = {
  // `npm run preview` builds with the keys of the local services, which must not end up in a real build.
  distDir: process.env.GATEHOUSE_DIST_DIR ?? '.next',
  // One copy of each at run time: with two, GraphQL takes the other's errors and types for strangers.
  serverExternalPackages: ['graphql', 'graphql-yoga', '@graphql-tools/utils', 'pino'],
  poweredByHeader: false,
};

/** The production server does not start half configured: it says what is missing and ends. */
export default function nextConfig(phase: string): NextConfig {
  if (phase === PHASE_PRODUCTION_SERVER) refuseIncompleteEnvironment();
  return config;
}

function refuseIncompleteEnvironment(): void {
  try {
    parseEnv();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`\n${error.message}\n\nSee .env.example for what each of them is.\n`);
    process.exit(1);
  }
}
