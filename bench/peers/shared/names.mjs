import { GraphQLError } from 'graphql';

/** Longest name that is taken, in characters. */
const MAX_NAME_LENGTH = 100;

/** Nothing is written: what is measured is how a request that is refused fares. @throws {GraphQLError} where a name is too long. */
export function checkNames(input) {
  for (const [field, name] of Object.entries(input))
    if (name !== null && name.length > MAX_NAME_LENGTH)
      throw new GraphQLError(`${field} must be at most ${MAX_NAME_LENGTH} characters long.`, {
        extensions: { code: 'BAD_USER_INPUT' },
      });
}
