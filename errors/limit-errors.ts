import { GatehouseError } from './gatehouse-error';

/** What of a document is limited. */
export type DocumentMeasure =
  | 'tokens'
  | 'depth'
  | 'aliases'
  | 'directives'
  | 'rootFields'
  | 'fragments'
  | 'cost';

const WORDS: Readonly<Record<DocumentMeasure, string>> = {
  tokens: 'has too many tokens',
  depth: 'is nested too deeply',
  aliases: 'has too many aliases',
  directives: 'has too many directives',
  rootFields: 'has too many root fields',
  fragments: 'spreads too many fragments',
  cost: 'costs too much',
};

/** A document is over a limit. */
export function queryTooComplex(measure: DocumentMeasure, limit: number, actual: number): GatehouseError {
  return new GatehouseError(
    'QUERY_TOO_COMPLEX',
    `The operation ${WORDS[measure]}: ${actual}, and ${limit} at most.`,
    { measure, limit, actual },
  );
}

/**
 * A request, or a part of it, weighs too much.
 * @param limit bytes.
 * @param actual bytes as far as they were read.
 */
export function tooLarge(part: 'body' | 'variables', limit: number, actual: number): GatehouseError {
  return new GatehouseError('REQUEST_ENTITY_TOO_LARGE', `The ${part} may weigh ${limit} bytes at most.`, {
    measure: part,
    limit,
    actual,
  });
}
