import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { LoadUser } from './services';

/** A request that is sent over and over. */
export interface Operation {
  readonly name: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Reply {
  readonly status: number;
  readonly text: string;
}

/** What a reply is worth. */
export type Verdict =
  | { readonly kind: 'right'; readonly codes: readonly string[] }
  /** What is missing is null, and says why. */
  | { readonly kind: 'coded'; readonly codes: readonly string[] }
  | { readonly kind: 'wrong'; readonly why: string };

/** What a source that is down, slow or busy may cost. */
const SOURCE_CODES = new Set(['UPSTREAM_UNAVAILABLE', 'UPSTREAM_TIMEOUT', 'RATE_LIMITED']);

const QUERIES = {
  identity: '{ viewer { id sessionId } }',
  name: '{ viewer { id firstName } }',
  tasks:
    '{ viewer { id } externalData { tasks(first: 2, orderBy: { field: TITLE, direction: ASC }) { edges { node { title } } } } }',
  both: '{ viewer { firstName } externalData { tasks { totalCount } } }',
};

const answerSchema = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(
      z.object({
        path: z.array(z.union([z.string(), z.number()])).optional(),
        extensions: z.object({ code: z.string() }),
      }),
    )
    .default([]),
});

type Answer = z.infer<typeof answerSchema>;

/** Every user's reads, and callers who are refused. */
export function operationsOf(users: readonly LoadUser[]): Operation[] {
  const post = (name: string, query: string, headers: Readonly<Record<string, string>> = {}) => ({
    name,
    body: JSON.stringify({ query }),
    headers: { 'content-type': 'application/json', ...headers },
  });
  return [
    ...users.flatMap(({ token, firstName }) =>
      Object.entries(QUERIES).map(([name, query]) =>
        post(`${name} of ${firstName}`, query, { authorization: `Bearer ${token}` }),
      ),
    ),
    post('signed out', QUERIES.identity),
    post('junk token', QUERIES.identity, { authorization: 'Bearer junk' }),
  ];
}

/** Judges replies by those that came while everything was well. */
export class Judge {
  readonly #references = new Map<Operation, { readonly status: number; readonly answer: Answer }>();

  /** @throws {Error} where the reply is none to judge others by. */
  learn(operation: Operation, { status, text }: Reply): void {
    const answer = answerOf(text);
    if (answer === undefined || answer.errors.some(({ extensions }) => SOURCE_CODES.has(extensions.code)))
      throw new Error(`${operation.name} is answered ${status} ${text} although everything is well.`);
    this.#references.set(operation, { status, answer });
  }

  judge(operation: Operation, { status, text }: Reply): Verdict {
    const reference = this.#references.get(operation);
    const answer = answerOf(text);
    if (reference === undefined || answer === undefined)
      return { kind: 'wrong', why: `${operation.name}: ${status} ${text}` };
    const codes = answer.errors.map(({ extensions }) => extensions.code);
    if (status === reference.status && isDeepStrictEqual(answer, reference.answer))
      return { kind: 'right', codes };
    const explained =
      status === 200 &&
      answer.errors.length > 0 &&
      codes.every((code) => SOURCE_CODES.has(code)) &&
      isDeepStrictEqual(answer.data, withoutFailures(reference.answer.data, answer));
    return explained
      ? { kind: 'coded', codes }
      : { kind: 'wrong', why: `${operation.name}: ${status} ${text}` };
  }
}

function answerOf(text: string): Answer | undefined {
  try {
    return answerSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The data with null wherever an error says that it is missing. */
function withoutFailures(data: unknown, { errors }: Answer): unknown {
  return errors.reduce((rest, { path = [] }) => withNullAt(rest, path), data);
}

function withNullAt(value: unknown, [first, ...rest]: readonly (string | number)[]): unknown {
  if (first === undefined || typeof value !== 'object' || value === null) return null;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === first ? withNullAt(inner, rest) : inner]),
  );
}
