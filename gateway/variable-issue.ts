import type { InputIssue } from '../errors/input-errors';

/** GraphQL's words for a variable that does not fit its type. It has no code or other mark for it. */
const VARIABLE = /^Variable "\$(\w+)"/;
const POSITION = / at "(\w[\w.[\]]*)"/;

/**
 * The issue that a GraphQL error tells of a variable; `undefined` where it is about something else.
 * `Variable "$input" got invalid value 7 at "input.firstName"; …` is about `['input', 'firstName']`.
 */
export function variableIssue(message: string): InputIssue | undefined {
  const name = VARIABLE.exec(message)?.[1];
  if (name === undefined) return undefined;
  const position = POSITION.exec(message)?.[1] ?? name;
  const path = position
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .map((segment) => (/^\d+$/.test(segment) ? Number(segment) : segment));
  return { path, message };
}
