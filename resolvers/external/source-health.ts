import { GatehouseError } from '../../errors/gatehouse-error';
import type { ExternalSource, ExternalSources, SourceKind, UserAuth } from '../../sources/ports';
import { once } from '../once';
import { ownRowsOnly } from './own-rows';
import { columnOf, type ExternalResource, sourceOf } from './resource';

/** What a source that was just asked is like. */
export type SourceHealth =
  | { readonly state: 'UP'; readonly latencyMs: number }
  | { readonly state: 'DOWN'; readonly latencyMs: null };

/** A source and, for whoever wants to know, its health. */
export interface CheckedSource {
  readonly name: string;
  readonly kind: SourceKind;
  /** Null where no resource is read from the source. It is asked once. */
  health(): Promise<SourceHealth | null>;
}

/** The sources that are configured. None of them is asked until somebody wants its health. */
export function checkedSources(
  resources: readonly ExternalResource[],
  auth: UserAuth,
  { all }: ExternalSources,
): CheckedSource[] {
  return all.map((source) => {
    const resource = resources.find((one) => sourceOf(one) === source.name);
    return {
      name: source.name,
      kind: source.kind,
      health: once(async () => (resource === undefined ? null : check(source, resource, auth))),
    };
  });
}

/** Reads what an operation would read, one key of it: whoever answers that is up. */
async function check(
  source: ExternalSource,
  resource: ExternalResource,
  auth: UserAuth,
): Promise<SourceHealth> {
  const key = columnOf(resource, resource.key);
  const startedAt = performance.now();
  try {
    await source.probe(
      {
        table: resource.table,
        where: ownRowsOnly(resource, auth),
        order: { column: key, tiebreaker: key, direction: 'ASC' },
        after: null,
        limit: 1,
      },
      { columns: [key], totalCount: false },
    );
    return { state: 'UP', latencyMs: Math.round(performance.now() - startedAt) };
  } catch (error) {
    if (error instanceof GatehouseError) return { state: 'DOWN', latencyMs: null };
    throw error;
  }
}
