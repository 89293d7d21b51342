import { GraphQLError, parse } from 'graphql';
import { type DocumentMeasure, queryTooComplex, tooLarge } from '../../errors/limit-errors';
import type { Limits } from '../env';
import type { GatewayPlugin } from '../exchange';
import { measure } from '../measure';

/** Checked in this order. */
const MEASURES = [
  'depth',
  'fragments',
  'aliases',
  'directives',
  'rootFields',
  'cost',
] as const satisfies readonly DocumentMeasure[];

/** graphql's words for a document with more tokens than it was told to parse. It has no other mark for it. */
const TOO_MANY_TOKENS = /Document contains more tha[nt] \d+ tokens/;

/**
 * Refuses documents that ask for too much: while they are parsed, and before they are validated, since both take longer
 * the more there is; and variables that weigh too much. The cost of what is let through is noted in the exchange.
 */
export function useDocumentLimits(limits: Limits): GatewayPlugin {
  return {
    onParse({ setParseFn }) {
      setParseFn((source, options) => {
        try {
          return parse(source, { ...options, maxTokens: limits.tokens });
        } catch (error) {
          // Parsing ends at the first token too many: how many there are nobody counts.
          throw error instanceof GraphQLError && TOO_MANY_TOKENS.test(error.message)
            ? queryTooComplex('tokens', limits.tokens, limits.tokens + 1)
            : error;
        }
      });
    },
    onParams({ params: { variables } }) {
      if (variables == null) return;
      const bytes = Buffer.byteLength(JSON.stringify(variables));
      if (bytes > limits.variables) throw tooLarge('variables', limits.variables, bytes);
    },
    onValidate({ params: { schema, documentAST }, context: { params, exchange } }) {
      const measures = measure(schema, documentAST, params.variables ?? {});
      for (const name of MEASURES)
        if (measures[name] > limits[name]) throw queryTooComplex(name, limits[name], measures[name]);
      // The operations of a batch cost together.
      exchange.costs.set(params, measures.cost);
      const together = [...exchange.costs.values()].reduce((sum, cost) => sum + cost, 0);
      if (together > limits.cost) throw queryTooComplex('cost', limits.cost, together);
    },
  };
}
