import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MAX_ANSWER_BYTES } from '../../sources/bounded-fetch';
import { titleOf } from './titles';

/** As many as a page of the gateway's and one more, by which it knows whether there are others. */
const ROWS = 101;

/** What a row has beside its title, and a little room below the limit, in bytes. */
const ROW_OVERHEAD_BYTES = 300;

const titleBytes = Math.floor(MAX_ANSWER_BYTES / ROWS) - ROW_OVERHEAD_BYTES;
const writing = process.argv[2] === 'wide' ? 'wide' : 'plain';

const body = Buffer.from(
  JSON.stringify(
    Array.from({ length: ROWS }, (_, index) => ({
      id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      title: titleOf(writing, index, titleBytes),
      done: index % 2 === 0,
      project_id: null,
      created_at: new Date(Date.UTC(2026, 0, 1) - index * 60_000).toISOString(),
    })),
  ),
);

/** A source whose every page weighs just under the most that a source's answer may. */
const server = createServer((request, response) => {
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
});

server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit(0));
