import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Rows at most, as many as a page of the gateway's and one more, by which it knows whether there are others. */
const MOST_ROWS = 101;

const ROWS = Array.from({ length: MOST_ROWS }, (_, index) => ({
  id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  title: `Task number ${index}`,
  done: index % 2 === 0,
  project_id: `00000000-0000-4000-9000-${String(index % 7).padStart(12, '0')}`,
  created_at: new Date(Date.UTC(2026, 0, 1) - index * 60_000).toISOString(),
}));

/** Answers by the number of their rows. */
const ANSWERS = Array.from({ length: MOST_ROWS + 1 }, (_, count) =>
  Buffer.from(JSON.stringify(ROWS.slice(0, count))),
);

/** What each request took, in milliseconds. */
let times: number[] = [];

/** As much of PostgREST as reading a page of tasks takes, as fast as Node can: whatever the rest of the time goes to is not the source. */
const server = createServer((request, response) => {
  const startedAt = performance.now();
  const limit = Number(/[?&]limit=(\d+)/.exec(request.url ?? '')?.[1] ?? MOST_ROWS);
  const body = ANSWERS[Math.min(limit, MOST_ROWS)];
  response.on('finish', () => times.push(performance.now() - startedAt));
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body?.length ?? 0,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
});

server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));

// Asked for its times, it tells the median, and forgets them.
process.on('message', () => {
  const sorted = times.sort((one, other) => one - other);
  process.send?.({ medianMs: sorted[Math.floor(sorted.length / 2)] ?? 0 });
  times = [];
});
process.on('disconnect', () => process.exit(0));
