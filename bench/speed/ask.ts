import { send } from '../lifecycle/load';
import type { Reply } from '../lifecycle/operations';
import type { Judge } from './answers';
import { headersOf, type Requests } from './load/requests';
import type { Received } from './load/response-reader';
import { type Operation, requestsOf } from './operations';
import type { RunningServer } from './running-server';
import type { ServerSpec } from './servers';
import type { World } from './world';

/** How long an answer may take, in milliseconds. */
const PATIENCE_MS = 10_000;

/** Sends the first of the requests. */
export function ask(endpoint: string, { method, tokens, bodies }: Requests): Promise<Reply> {
  const request = { method, headers: headersOf(tokens?.[0]), body: bodies[0] ?? '' };
  return send(endpoint, request, { patienceMs: PATIENCE_MS });
}

/**
 * What all answers under load have to be like.
 * @throws {Error} where the answer is wrong.
 */
export async function rightAnswer(
  { spec, endpoint }: RunningServer,
  requests: Requests,
  judge: Judge,
): Promise<Received> {
  const reply = await ask(endpoint, requests);
  const problem = judge(reply, spec);
  if (problem !== undefined)
    throw new Error(`${spec.name} answers ${reply.status} ${reply.text.slice(0, 500)}, which ${problem}.`);
  return { status: reply.status, bodyBytes: Buffer.byteLength(reply.text) };
}

/** Whether a server that may not be listening yet tells the viewer's id. */
export function tellsId(spec: ServerSpec, viewerId: Operation): (endpoint: string) => Promise<boolean> {
  return (endpoint) =>
    ask(endpoint, requestsOf(viewerId, spec)).then(
      (reply) => viewerId.judge(reply, spec) === undefined,
      () => false,
    );
}

/** Asks with each kind of token. @throws {Error} where one that is not good gets an answer. */
export async function checkTokens(
  server: RunningServer,
  viewerId: Operation,
  refusal: Judge,
  { tokens }: World,
): Promise<void> {
  await rightAnswer(server, requestsOf(viewerId, server.spec), viewerId.judge);
  if (server.spec.name === 'next-floor') return;
  for (const token of [tokens.expired, tokens.tampered, undefined])
    await rightAnswer(server, requestsOf({ ...viewerId, token }, server.spec), refusal);
}
