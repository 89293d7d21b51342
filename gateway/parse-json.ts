import { GatehouseError } from '../errors/gatehouse-error';

/** Brackets inside each other, beyond which no request goes: whatever walks through the value would overflow. */
const MAX_NESTING = 100;

/**
 * Parses the JSON of a request. Names that mean something to JavaScript are ordinary names in it.
 * @throws {GatehouseError} `BAD_REQUEST`, without a word of it.
 */
export function parseJson(text: string): unknown {
  if (nestingOf(text) > MAX_NESTING)
    throw new GatehouseError('BAD_REQUEST', `The JSON is nested more than ${MAX_NESTING} levels deep.`);
  try {
    return JSON.parse(text);
  } catch {
    throw new GatehouseError('BAD_REQUEST', 'What should be JSON is not.');
  }
}

/** The deepest nesting of brackets outside of texts. */
function nestingOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inText = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inText) {
      if (code === BACKSLASH) index += 1;
      else if (code === QUOTE) inText = false;
    } else if (code === QUOTE) inText = true;
    else if (code === BRACE || code === BRACKET) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (code === CLOSING_BRACE || code === CLOSING_BRACKET) depth -= 1;
  }
  return deepest;
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const [BRACE, CLOSING_BRACE, BRACKET, CLOSING_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d];
