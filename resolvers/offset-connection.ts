import { badUserInput } from '../errors/input-errors';
import type { OffsetPage, OffsetResult } from '../sources/ports';
import { once } from './once';
import { decodeOpaque, encodeOpaque } from './opaque';
import { INVALID_CURSOR, type PageArgs, pageSize } from './page-size';

/** A Relay connection over a list that is paged by offset, as Clerk's are. Its parts ask when they are read, together once. */
export interface OffsetConnection<Node> {
  readonly edges: Promise<{ cursor: string; node: Node }[]>;
  readonly pageInfo: Promise<{
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  }>;
  readonly totalCount: Promise<number>;
}

/**
 * Checks the arguments at once. The parts reject with what `load` rejects with.
 * @throws {GatehouseError} `BAD_USER_INPUT` for a bad `first` or `after`.
 */
export function offsetConnection<Item, Node>(
  args: PageArgs,
  load: (page: OffsetPage) => Promise<OffsetResult<Item>>,
  toNode: (item: Item) => Node,
): OffsetConnection<Node> {
  const { size, issues } = pageSize(args);
  const offset = args.after == null ? 0 : decodeOffset(args.after);
  if (offset === undefined) issues.push(INVALID_CURSOR);
  if (issues.length > 0 || offset === undefined) throw badUserInput(issues);

  const page = once(async () => {
    // Clerk refuses a limit of 0; the count is wanted all the same.
    const { items, totalCount } = await load({ offset, limit: Math.max(size, 1) });
    const edges = items
      .slice(0, size)
      .map((item, index) => ({ cursor: encodeOpaque(['o', offset + index + 1]), node: toNode(item) }));
    return { edges, totalCount };
  });

  return {
    get edges() {
      return page().then(({ edges }) => edges);
    },
    get totalCount() {
      return page().then(({ totalCount }) => totalCount);
    },
    get pageInfo() {
      return page().then(({ edges, totalCount }) => ({
        hasNextPage: offset + edges.length < totalCount,
        hasPreviousPage: offset > 0,
        startCursor: edges.at(0)?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      }));
    },
  };
}

function decodeOffset(cursor: string): number | undefined {
  const [tag, offset, ...rest] = decodeOpaque(cursor) ?? [];
  if (tag !== 'o' || rest.length > 0 || typeof offset !== 'number') return undefined;
  return Number.isSafeInteger(offset) && offset > 0 ? offset : undefined;
}
