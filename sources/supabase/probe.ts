import { boundedFetch } from '../bounded-fetch';
import { SourceError } from '../source-error';

export interface ProbeOptions {
  /** Base URL of the project, without `/rest/v1`. */
  readonly url: string;
  /** The project's anonymous (publishable) key. */
  readonly anonKey: string;
  /** A table to ask for no rows of, which reaches the database; undefined: the API itself is asked. */
  readonly table: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * Asks a project for nothing, as nobody. That it refuses is an answer too: it is there.
 * @throws where the project does not answer, or says that it cannot.
 */
export async function probeSupabase({ url, anonKey, table, signal }: ProbeOptions): Promise<void> {
  const path = table === undefined ? '' : `${encodeURIComponent(table)}?limit=0`;
  const { status } = await boundedFetch(signal)(`${url}/rest/v1/${path}`, {
    method: 'HEAD',
    headers: { apikey: anonKey },
  });
  if (status >= 500) throw new SourceError(`status ${status}`);
}
