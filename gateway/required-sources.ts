import type { GraphQLSchema } from 'graphql';
import { resourcesOf } from '../schema';
import type { ExternalSourceName } from '../sources/ports';
import { EnvironmentError } from './env';
import type { SourceSetup } from './sources';

/** The variable that configures each source. */
const VARIABLES: Readonly<Record<ExternalSourceName, string>> = {
  supabase: 'SUPABASE_URL',
  http: 'HTTP_API_URL',
  graphql: 'GRAPHQL_API_URL',
};

/**
 * Makes sure that every resource of a schema has its source: no request finds out that it has not.
 * @throws {EnvironmentError} naming the variable of each source that is not configured.
 * @throws {Error} naming the resource, where there is no such source.
 */
export function requireSources(schema: GraphQLSchema, setups: readonly SourceSetup[]): void {
  const problems: Record<string, string> = {};
  for (const { coordinate, source } of resourcesOf(schema)) {
    if (!Object.hasOwn(VARIABLES, source))
      throw new Error(
        `${coordinate} is read from the source "${source}", and there is none of that name: ${Object.keys(VARIABLES).join(', ')}.`,
      );
    if (!setups.some(({ name }) => name === source))
      problems[VARIABLES[source]] ??= `is missing: ${coordinate} is read from there`;
  }
  if (Object.keys(problems).length > 0) throw new EnvironmentError(problems);
}
