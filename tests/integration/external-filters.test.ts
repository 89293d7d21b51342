import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { send } from '../harness/client';
import { PROJECTS, type Resource, TASKS } from '../harness/filtered-rows';
import { filterFor, valueFor } from '../harness/hostile-values';
import { behind, fieldOf, type ModelFilter, type ModelRow, passing, sorted } from '../harness/row-model';
import { insertRows } from '../harness/upstream';
import { startWorld, type World } from '../harness/world';

/** A failing run is repeated by running it again. */
const SEED = 20_261_125;

let world: World;
let token: string;
/** The caller's rows, and those of everybody: filters ask for the ids of a stranger too. */
const own = new Map<Resource, readonly ModelRow[]>();
const everybodys = new Map<Resource, readonly ModelRow[]>();

beforeAll(async () => {
  world = await startWorld();
  // The stranger has the same rows: whatever finds the caller's would find theirs.
  for (const sub of ['stranger', 'caller'].map((name) => `user_${name}_${randomUUID().slice(0, 8)}`)) {
    token = await world.token('ada', { claims: { sub }, ttl: 600 });
    const ids = Array.from({ length: 60 }, () => randomUUID());
    for (const resource of [PROJECTS, TASKS]) {
      const rows = await insertRows<ModelRow>(
        world,
        token,
        resource.field,
        ids.map((id, index) => ({
          id,
          ...resource.row(index, [null, ...ids.slice(0, 5)][index % 6] ?? null),
        })),
      );
      everybodys.set(resource, [...(own.get(resource) ?? []), ...rows]);
      own.set(resource, rows);
    }
  }
});
afterAll(() => world.close());

interface Page {
  readonly first: number;
  readonly after?: string | null;
  readonly filter?: ModelFilter;
  readonly orderBy?: { readonly field: string; readonly direction: string };
}

/** The ids on a page, or the codes of what was refused: each bad variable is an error of its own. */
async function ask({ field, type }: Resource, variables: Page) {
  const query = `query ($first: Int, $after: String, $filter: ${type}Filter, $orderBy: ${type}Order) {
    externalData { page: ${field}(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      totalCount edges { node { id } } pageInfo { hasNextPage endCursor } } } }`;
  const { status, codes, data } = await send(world.gateway, query, { token, variables: { ...variables } });
  expect(status).toBeLessThan(500);
  if (codes.length > 0) return { codes: [...new Set(codes)] };
  const { totalCount, edges, pageInfo } = data.externalData.page;
  return { totalCount, ids: edges.map(({ node }: { node: { id: string } }) => node.id), ...pageInfo };
}

/** What filters take their values from. */
function known(resource: Resource): readonly ModelRow[] {
  return everybodys.get(resource) ?? [];
}

function isShort(value: unknown): boolean {
  return typeof value !== 'string' || value.length <= 1_000;
}

const REFUSED = { codes: ['BAD_USER_INPUT'] };

function ids(rows: readonly ModelRow[]): string[] {
  return rows.map(({ id }) => id);
}

test.each([TASKS, PROJECTS])(
  'whatever a filter of $field says, it gives the rows that pass it, or is BAD_USER_INPUT',
  async (resource) => {
    const rows = sorted(own.get(resource) ?? [], resource.fields, 'createdAt', 'DESC');
    await fc.assert(
      fc.asyncProperty(filterFor(resource.fields, known(resource)), async (filter) => {
        const expected = passing(rows, resource.fields, filter);
        const answer = await ask(resource, { first: 100, filter });
        if (expected === undefined) expect(answer).toEqual(REFUSED);
        else expect(answer).toMatchObject({ totalCount: expected.length, ids: ids(expected) });
      }),
      { seed: SEED, numRuns: 200 },
    );
  },
  60_000,
);

test.each([TASKS, PROJECTS])(
  'a walk through $field gives what a plain sort gives, page by page',
  async (resource) => {
    const rows = own.get(resource) ?? [];
    const walk = fc.record({
      order: fc.constantFrom(...resource.orders),
      direction: fc.constantFrom('ASC' as const, 'DESC' as const),
      first: fc.integer({ min: 5, max: 61 }),
      filter: fc.oneof(
        fc.constant({}),
        filterFor(resource.fields, rows).filter(
          (filter) => (passing(rows, resource.fields, filter)?.length ?? 0) > 5,
        ),
      ),
    });
    await fc.assert(
      fc.asyncProperty(walk, async ({ order: [field, order], direction, first, filter }) => {
        const expected = sorted(
          passing(rows, resource.fields, filter) ?? [],
          resource.fields,
          field,
          direction,
        );
        const found: string[] = [];
        let after: string | null = null;
        do {
          const page = await ask(resource, { first, after, filter, orderBy: { field: order, direction } });
          expect(page).toMatchObject({ totalCount: expected.length });
          expect(page.ids.length).toBe(Math.min(first, expected.length - found.length));
          found.push(...page.ids);
          after = page.hasNextPage ? page.endCursor : null;
        } while (after !== null);
        expect(found).toEqual(ids(expected));
      }),
      { seed: SEED, numRuns: 20 },
    );
  },
  60_000,
);

test.each([TASKS, PROJECTS])(
  'a made-up cursor of $field gives the rows behind it, or is BAD_USER_INPUT',
  async (resource) => {
    const rows = own.get(resource) ?? [];
    const place = fc.constantFrom(...resource.orders).chain(([field, order]) =>
      fc.record({
        field: fc.constant(field),
        order: fc.constant(order),
        direction: fc.constantFrom('ASC' as const, 'DESC' as const),
        // Longer ones are handed out, and work as far as the source takes long addresses.
        value: valueFor(fieldOf(resource.fields, field), known(resource)).filter(isShort),
        id: valueFor(fieldOf(resource.fields, 'id'), known(resource)),
      }),
    );
    await fc.assert(
      fc.asyncProperty(place, async ({ field, order, direction, value, id }) => {
        const column = fieldOf(resource.fields, field);
        const expected = behind(sorted(rows, resource.fields, field, direction), column, direction, [
          value,
          id,
        ]);
        const after = Buffer.from(JSON.stringify([column.column, direction, value, id])).toString(
          'base64url',
        );
        const answer = await ask(resource, { first: 100, after, orderBy: { field: order, direction } });
        if (expected === undefined) expect(answer).toEqual(REFUSED);
        else expect(answer).toMatchObject({ ids: ids(expected) });
      }),
      { seed: SEED, numRuns: 60 },
    );
  },
  60_000,
);
