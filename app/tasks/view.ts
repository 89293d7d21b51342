import type { TasksQueryVariables } from '../gql/graphql';

/** Tasks that a page brings. */
const PAGE_SIZE = 5;

export const SHOWN = ['all', 'open', 'done'] as const;
export const ORDERS = ['newest', 'oldest', 'title'] as const;

/** Which tasks are looked at, and how they are sorted. Kept in the address. */
export interface View {
  readonly show: (typeof SHOWN)[number];
  readonly order: (typeof ORDERS)[number];
}

const ORDER_BY: Readonly<Record<View['order'], TasksQueryVariables['orderBy']>> = {
  newest: { field: 'CREATED_AT', direction: 'DESC' },
  oldest: { field: 'CREATED_AT', direction: 'ASC' },
  title: { field: 'TITLE', direction: 'ASC' },
};

/** Reads the view out of an address. What it does not know counts as not said. */
export function parseView(params: Pick<URLSearchParams, 'get'>): View {
  return {
    show: SHOWN.find((show) => show === params.get('show')) ?? 'all',
    order: ORDERS.find((order) => order === params.get('order')) ?? 'newest',
  };
}

/** The address of a view, without what is the default. */
export function addressOf(path: string, { show, order }: View): string {
  const params = new URLSearchParams();
  if (show !== 'all') params.set('show', show);
  if (order !== 'newest') params.set('order', order);
  return params.size === 0 ? path : `${path}?${params}`;
}

/** What to ask the gateway for. */
export function variablesOf({ show, order }: View): TasksQueryVariables {
  return {
    first: PAGE_SIZE,
    filter: show === 'all' ? null : { done: { eq: show === 'done' } },
    orderBy: ORDER_BY[order],
  };
}
