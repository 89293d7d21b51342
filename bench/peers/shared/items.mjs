/** The list in memory: the same 1,000 objects as in the gateway's own schema for this operation. */
export const items = Array.from({ length: 1000 }, (_, index) => ({
  id: `item_${String(index).padStart(6, '0')}`,
  title: `Item number ${index}`,
  done: index % 3 === 0,
  priority: index % 10,
  createdAt: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString(),
}));
