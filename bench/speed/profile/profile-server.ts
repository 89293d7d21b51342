import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rightAnswer, tellsId } from '../ask';
import { findCores, pinLoad } from '../cores';
import { startGenerator } from '../load/generator';
import { operationsOf, requestsOf } from '../operations';
import { startServer } from '../running-server';
import type { ServerSpec } from '../servers';
import { startWorld } from '../world';
import { profileSchema, type Shares, sharesOf } from './shares';

const CONNECTIONS = 32;

/** Load before the part that counts, in milliseconds: by then what is hot is compiled. */
const WARM_UP_MS = 5_000;

/** Microseconds between two samples. */
const INTERVAL_MICROS = 250;

/**
 * Puts a server under the load of `viewer-id`, and tells where its processor time goes.
 * @throws {Error} where the server does not start, or an answer is wrong.
 */
export async function profileServer(spec: ServerSpec, seconds: number): Promise<Shares> {
  const world = await startWorld();
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-profile-'));
  const generator = startGenerator();
  try {
    const [viewerId] = operationsOf(world);
    if (viewerId === undefined) throw new Error('There is nothing to measure.');
    const cores = findCores();
    if (cores !== undefined) pinLoad(cores);
    const server = await startServer(spec, {
      cores,
      variables: { ...world.variables, GATEWAY_DRAIN_MS: '0' },
      nodeArguments: ['--cpu-prof', `--cpu-prof-dir=${folder}`, `--cpu-prof-interval=${INTERVAL_MICROS}`],
      isReady: tellsId(spec, viewerId),
      stopSignal: 'SIGTERM',
    });
    const requests = requestsOf(viewerId, spec);
    const expected = await rightAnswer(server, requests, viewerId.judge);
    const from = Number(process.hrtime.bigint() / 1_000n) + WARM_UP_MS * 1_000;
    try {
      await generator.run(server, {
        connections: CONNECTIONS,
        prime: { requests, expected, ms: WARM_UP_MS },
        measure: { requests, expected, ms: seconds * 1_000 },
      });
    } finally {
      await server.stop();
    }
    return sharesOf(readProfile(folder), from);
  } finally {
    generator.stop();
    await world.close();
    rmSync(folder, { recursive: true });
  }
}

/** Of several threads that wrote one, the one that did most. */
function readProfile(folder: string) {
  const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const [longest] = texts.sort((one, other) => other.length - one.length);
  if (longest === undefined) throw new Error('The server has written no profile.');
  return profileSchema.parse(JSON.parse(longest));
}
