/** Connections carry their count beside what Pothos knows of them; null where nobody asked for it. */
export function totalCountOf(connection: object): Promise<number> | number | null {
  const { totalCount = null } = connection as { readonly totalCount?: Promise<number> | number | null };
  return totalCount;
}
