import type { Comparison, UserAuth } from '../../sources/ports';
import type { ExternalResource } from './resource';

/** Restricts to the caller's rows, where the resource says whose they are. */
export function ownRowsOnly({ ownedBy }: ExternalResource, { userId }: UserAuth): Comparison[] {
  if (ownedBy === undefined) return [];
  const column = { name: ownedBy, type: 'String', nullable: false } as const;
  return [{ column, operator: 'eq', value: userId }];
}
