import type { ArgBuilder } from '@pothos/core';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../resolvers/page-size';
import type { builder } from './builder';

/** The arguments of a connection, which pages forward. */
export function pageArgs(arg: ArgBuilder<typeof builder.$inferSchemaTypes>) {
  return {
    first: arg.int({
      description: `Page size: 0 to ${MAX_PAGE_SIZE}, or to less where the gateway is told so; ${DEFAULT_PAGE_SIZE} if left out.`,
    }),
    after: arg.string({ description: 'Cursor of the edge that the page starts after.' }),
  };
}
