import DataLoader from 'dataloader';
import type {
  Column,
  ColumnValue,
  Comparison,
  ExternalRows,
  ExternalSourceName,
  ExternalSources,
  Row,
  UserAuth,
} from '../../sources/ports';
import { ownRowsOnly } from './own-rows';
import { columnOf, columnsOf, type ExternalResource, sourceOf, uniqueColumns } from './resource';
import { MAX_LIST_LENGTH } from './where';

/** The rows that other rows point to, for one request. Those that are asked for at the same time are read together. */
export interface RelatedRows {
  /**
   * The row of a resource that has the key, with what the named fields and relations need; null without a key, and
   * where the caller can see no such row.
   * @throws {GatehouseError} what `ExternalRows.read` throws.
   */
  load(
    resource: ExternalResource,
    auth: UserAuth,
    key: ColumnValue,
    fields: readonly string[],
  ): Promise<Row | null>;
}

/** Where to look, whoever asks. */
interface Place {
  readonly source: ExternalSourceName;
  readonly table: string;
  readonly key: Column;
  readonly where: readonly Comparison[];
}

interface Wanted {
  readonly key: ColumnValue;
  readonly columns: readonly Column[];
}

/** It remembers what it read, and so belongs to the context of one request. */
export function createRelatedRows(sources: ExternalSources): RelatedRows {
  const loaders = new Map<string, DataLoader<Wanted, Row | null, string>>();

  function loaderFor(place: Place) {
    const name = JSON.stringify(place);
    const existing = loaders.get(name);
    if (existing) return existing;
    const loader = new DataLoader<Wanted, Row | null, string>(
      (wanted) => readTogether(sources.named(place.source), place, wanted),
      {
        cacheKeyFn: (wanted) => JSON.stringify(wanted),
      },
    );
    loaders.set(name, loader);
    return loader;
  }

  return {
    async load(resource, auth, key, fields) {
      if (key === null) return null;
      const place = {
        source: sourceOf(resource),
        table: resource.table,
        key: columnOf(resource, resource.key),
        where: ownRowsOnly(resource, auth),
      };
      return loaderFor(place).load({ key, columns: columnsOf(resource, fields) });
    },
  };
}

/** One call, or more where there are too many keys for one, with the columns of all who asked. */
async function readTogether(rows: ExternalRows, place: Place, wanted: readonly Wanted[]) {
  const { table, key, where } = place;
  const columns = uniqueColumns([key, ...wanted.flatMap((one) => one.columns)]);
  const found = new Map<ColumnValue, Row | Error>();

  async function read(keys: readonly ColumnValue[]): Promise<void> {
    const page = await rows
      .read(
        {
          table,
          where: [...where, { column: key, operator: 'in', value: keys }],
          order: { column: key, tiebreaker: key, direction: 'ASC' },
          after: null,
          limit: keys.length,
        },
        { columns, totalCount: false },
      )
      .catch((error: Error) => error);
    if (page instanceof Error) for (const one of keys) found.set(one, page);
    else for (const row of page.rows) found.set(row[key.name] ?? null, row);
  }

  await Promise.all(inParts([...new Set(wanted.map((one) => one.key))]).map(read));
  return wanted.map((one) => found.get(one.key) ?? null);
}

function inParts<T>(items: readonly T[]): T[][] {
  const parts = Math.ceil(items.length / MAX_LIST_LENGTH);
  return Array.from({ length: parts }, (_, part) =>
    items.slice(part * MAX_LIST_LENGTH, (part + 1) * MAX_LIST_LENGTH),
  );
}
