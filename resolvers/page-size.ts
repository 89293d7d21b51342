import type { InputIssue } from '../errors/input-errors';

/** Items on a page where `first` is left out. */
export const DEFAULT_PAGE_SIZE = 20;

/** The most items a page can have. */
export const MAX_PAGE_SIZE = 100;

/** The arguments of a forward-paged Relay connection. */
export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** `first`, or the default; an issue where it is outside 0 to {@link MAX_PAGE_SIZE}. */
export function pageSize(first: PageArgs['first']): { size: number; issues: InputIssue[] } {
  const size = first ?? DEFAULT_PAGE_SIZE;
  const valid = size >= 0 && size <= MAX_PAGE_SIZE;
  return {
    size,
    issues: valid ? [] : [{ path: ['first'], message: `Must be between 0 and ${MAX_PAGE_SIZE}.` }],
  };
}

/** What a cursor that was not handed out by the connection is answered with. */
export const INVALID_CURSOR: InputIssue = {
  path: ['after'],
  message: 'Must be a cursor that this connection returned, for the same orderBy.',
};
