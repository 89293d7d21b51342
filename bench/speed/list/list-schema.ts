import { createBuilder } from '../../../schema';

/** An object of the list: the same 1,000 as the peers have, in `bench/peers/shared/items.mjs`. */
interface ListItem {
  readonly id: string;
  readonly title: string;
  readonly done: boolean;
  readonly priority: number;
  readonly createdAt: string;
}

const ITEMS: ListItem[] = Array.from({ length: 1_000 }, (_, index) => ({
  id: `item_${String(index).padStart(6, '0')}`,
  title: `Item number ${index}`,
  done: index % 3 === 0,
  priority: index % 10,
  createdAt: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString(),
}));

const builder = createBuilder();

const Item = builder.objectRef<ListItem>('Item').implement({
  authScopes: { signedIn: true },
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false }),
    title: t.exposeString('title'),
    done: t.exposeBoolean('done'),
    priority: t.exposeInt('priority'),
    createdAt: t.exposeString('createdAt'),
  }),
});

builder.queryType({
  fields: (t) => ({
    items: t.withAuth({ signedIn: true }).field({ type: [Item], resolve: () => ITEMS }),
  }),
});

/** A list in memory, under the rules of the gateway's own schema. */
export const listSchema = builder.toSchema();
