import type { InputIssue } from '../errors/input-errors';

/** Items on a page where `first` is left out. */
export const DEFAULT_PAGE_SIZE = 20;

/** The most items a page can have, unless the gateway is told to allow fewer. */
export const MAX_PAGE_SIZE = 100;

/** The arguments of a forward-paged Relay connection. */
export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  /** The most that `first` may be here. Default: {@link MAX_PAGE_SIZE}. */
  readonly maxPageSize?: number;
}

/** `first`, or the default; an issue where it is outside 0 to the most that it may be. */
export function pageSize({ first, maxPageSize = MAX_PAGE_SIZE }: PageArgs): {
  size: number;
  issues: InputIssue[];
} {
  const size = first ?? Math.min(DEFAULT_PAGE_SIZE, maxPageSize);
  const valid = size >= 0 && size <= maxPageSize;
  return {
    size,
    issues: valid ? [] : [{ path: ['first'], message: `Must be between 0 and ${maxPageSize}.` }],
  };
}

/** What a cursor that was not handed out by the connection is answered with. */
export const INVALID_CURSOR: InputIssue = {
  path: ['after'],
  message: 'Must be a cursor that this connection returned, for the same orderBy.',
};
