import { createHash } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { median } from '../speed/median';
import { readingSchema } from './reading';

/** A client that asks for the large answer over and over, in a process of its own: what it does with it delays nobody it shares a turn with. */
process.on('message', async (message) => {
  const { endpoint, headers, body, seconds, bytesPerSecond } = readingSchema.parse(message);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const until = performance.now() + seconds * 1_000;
  const digests: Record<string, number> = {};
  const times: number[] = [];
  let lost = 0;

  function read(): Promise<string> {
    return new Promise((resolve, reject) => {
      const sent = request(endpoint, { method: 'POST', headers, agent }, async (response) => {
        try {
          const hash = createHash('sha256').update(String(response.statusCode));
          for await (const chunk of response as AsyncIterable<Buffer>) {
            hash.update(chunk);
            if (bytesPerSecond > 0) await pause((chunk.length / bytesPerSecond) * 1_000);
          }
          resolve(hash.digest('hex'));
        } catch (error) {
          reject(error);
        }
      });
      sent.once('error', reject);
      sent.end(body);
    });
  }

  while (performance.now() < until) {
    const startedAt = performance.now();
    try {
      const digest = await read();
      digests[digest] = (digests[digest] ?? 0) + 1;
      times.push(performance.now() - startedAt);
    } catch {
      lost += 1;
    }
  }
  agent.destroy();
  process.send?.({ digests, lost, medianMs: times.length === 0 ? 0 : median(times) });
});
process.on('disconnect', () => process.exit(0));
