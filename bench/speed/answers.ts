import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Reply } from '../lifecycle/operations';
import type { ServerSpec } from './servers';

/** What is wrong with an answer; undefined where nothing is. */
export type Judge = (reply: Reply, server: ServerSpec) => string | undefined;

const answerSchema = z.object({ data: z.unknown().optional(), errors: z.array(z.unknown()).optional() });

/** The operation was executed, and this is its data. */
export function answers(expected: object): Judge {
  return (reply) => {
    const answer = answerOf(reply);
    return reply.status === 200 && answer?.errors === undefined && isDeepStrictEqual(answer?.data, expected)
      ? undefined
      : `should be ${JSON.stringify(expected).slice(0, 200)}`;
  };
}

/** The viewer's id, in whatever form the server says it. */
export function answersId(id: string): Judge {
  const inGraphql = answers({ viewer: { id } });
  return (reply, server) => {
    // It asks nobody who they are.
    if (server.name === 'next-floor') return reply.status === 200 ? undefined : 'should be 200';
    if (server.speaks === 'graphql') return inGraphql(reply, server);
    return reply.status === 200 && reply.text === JSON.stringify({ userId: id })
      ? undefined
      : 'should say who';
  };
}

/** Nothing was told to this caller, and they were told so. */
export function refuses(id: string): Judge {
  return (reply) => {
    const said = reply.status >= 400 || (answerOf(reply)?.errors?.length ?? 0) > 0;
    return said && !reply.text.includes(id) ? undefined : 'should be a refusal';
  };
}

/** What was sent is too large: to the gateway as a request, to the peers, which read it, as a value. */
export const refusesSize: Judge = (reply, server) => {
  if (server.kind === 'gateway') return reply.status === 413 ? undefined : 'should be 413';
  return (answerOf(reply)?.errors?.length ?? 0) > 0 ? undefined : 'should have an error';
};

function answerOf({ text }: Reply): z.infer<typeof answerSchema> | undefined {
  try {
    return answerSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
