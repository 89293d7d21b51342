import type { GraphQLSchema } from 'graphql';
import { resourcesOf } from '../schema';
import { type Deadline, withinDeadline, withinLimit } from '../sources/deadline';
import { createGraphqlRows } from '../sources/graphql';
import { createHttpRows } from '../sources/http';
import type { Observe } from '../sources/observe';
import type {
  ExternalRows,
  ExternalSource,
  ExternalSourceName,
  ExternalSources,
  SourceKind,
} from '../sources/ports';
import { createSupabaseRows } from '../sources/supabase';
import { probeSupabase } from '../sources/supabase/probe';
import type { GatewayConfig } from './env';

/** The longest that a probe waits, in milliseconds. */
const PROBE_MS = 2_000;

/** How one request reaches a source: with whose token, and until when. */
interface Access extends RequestAccess {
  token(): Promise<string>;
}

/** What every source of one request shares. */
interface RequestAccess {
  /** Fires at the request's deadline, or when the caller goes away. */
  readonly signal: AbortSignal;
  readonly observe: Observe;
}

/** A source that is configured. */
export interface SourceSetup {
  readonly name: ExternalSourceName;
  readonly kind: SourceKind;
  /** Name of the JWT template whose tokens it takes; undefined: it takes session tokens. */
  readonly jwtTemplate: string | undefined;
  open(access: Access): ExternalRows;
}

/** The sources that the environment configures. */
export function sourceSetups({ supabase, http, graphql }: GatewayConfig): SourceSetup[] {
  const setups: SourceSetup[] = [
    {
      name: 'supabase',
      kind: 'SUPABASE',
      jwtTemplate: supabase.jwtTemplate,
      open: (access) => createSupabaseRows({ url: supabase.url, anonKey: supabase.anonKey, ...access }),
    },
  ];
  if (http !== undefined)
    setups.push({
      name: 'http',
      kind: 'HTTP',
      jwtTemplate: http.jwtTemplate,
      open: (access) => createHttpRows({ source: 'http', url: http.url, ...access }),
    });
  if (graphql !== undefined)
    setups.push({
      name: 'graphql',
      kind: 'GRAPHQL',
      jwtTemplate: graphql.jwtTemplate,
      open: (access) => createGraphqlRows({ source: 'graphql', url: graphql.url, ...access }),
    });
  return setups;
}

/**
 * Opens the sources for one request. It calls none of them.
 * @param token the caller's, made from a JWT template where one is named.
 */
export function openSources(
  setups: readonly SourceSetup[],
  token: (jwtTemplate: string | undefined) => Promise<string>,
  access: RequestAccess,
): ExternalSources {
  const all = setups.map((setup) => openSource(setup, { token: () => token(setup.jwtTemplate), ...access }));
  return {
    all,
    named(name) {
      const source = all.find((one) => one.name === name);
      if (source === undefined) throw new Error(`The source "${name}" is not configured.`);
      return source;
    },
  };
}

function openSource(setup: SourceSetup, access: Access): ExternalSource {
  const { name, kind } = setup;
  const rows = setup.open(access);
  let brief: ExternalRows | undefined;
  return {
    name,
    kind,
    read: (query, selection) => rows.read(query, selection),
    probe(query, selection) {
      brief ??= openBriefly(setup, access);
      return brief.read(query, selection);
    },
  };
}

function openBriefly(setup: SourceSetup, access: Access): ExternalRows {
  const signal = withinLimit(access.signal, PROBE_MS);
  const rows = setup.open({ ...access, signal });
  return {
    // The token too may be long in coming.
    read: (query, selection) => withinDeadline(setup.name, signal, () => rows.read(query, selection)),
  };
}

/** Asks Supabase whether it answers, for the first of a schema's tables that are there, on no caller's behalf. */
export function probeOfSupabase(
  { supabase: { url, anonKey } }: GatewayConfig,
  schema: GraphQLSchema,
): (deadline: Deadline) => Promise<void> {
  const table = resourcesOf(schema).find(({ source }) => source === 'supabase')?.resource.table;
  return ({ signal }) => probeSupabase({ url, anonKey, table, signal });
}
