import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { type DocumentMeasure, queryTooComplex } from '../errors/limit-errors';
import { plainFieldOf } from '../schema';
import { hashOf } from './documents';
import type { GatewayConfig, Limits } from './env';
import type { OperationParams } from './exchange';
import { type PlannedOperation, planOperation, referenceOperation } from './execution';
import { costWith, type Measures, measure } from './measure';

/** An operation that may be executed. */
export interface AdmittedOperation {
  /** SHA-256 of its document, in hex. */
  readonly hash: string;
  /** Null for an operation without a name. */
  readonly name: string | null;
  readonly planned: PlannedOperation;
}

/** What becomes of an operation that somebody asks for. */
export type Verdict =
  | { readonly admitted: true; readonly operation: AdmittedOperation; readonly cost: number }
  /** The document does not fit the schema. */
  | { readonly admitted: false; readonly errors: readonly GraphQLError[] };

/** Says what may be executed. Whatever of it depends on the document alone is worked out once, and kept. */
export interface Admission {
  /**
   * @param spent cost of the operations before it in the same request, in points.
   * @throws {GatehouseError} `QUERY_TOO_COMPLEX`.
   * @throws {GraphQLError} where the document cannot be parsed, or has no such operation for the method.
   */
  admit(params: OperationParams, method: string, spent: number): Verdict;
}

/** Checked in this order, before the document is validated: that takes longer the more there is. */
const STATIC_MEASURES = [
  'depth',
  'fragments',
  'aliases',
  'directives',
  'rootFields',
] as const satisfies readonly DocumentMeasure[];

/** graphql's words for a document with more tokens than it was told to parse. It has no other mark for it. */
const TOO_MANY_TOKENS = /Document contains more tha[nt] \d+ tokens/;

/** Characters of the documents that are kept. A long one is not worth a place, and must not push out many others. */
const MAX_CACHED_CHARACTERS = 2_000_000;

/** What is known of a document. */
interface KnownDocument {
  readonly document: DocumentNode;
  readonly hash: string;
  readonly operations: Map<string | undefined, AdmittedOperation>;
  measures?: Measures;
  /** Empty where it is valid. */
  errors?: readonly GraphQLError[];
}

export function createAdmission(
  schema: GraphQLSchema,
  { limits, introspection, execution }: Pick<GatewayConfig, 'limits' | 'introspection' | 'execution'>,
): Admission {
  const plan = execution === 'planned' ? planOperation : referenceOperation;
  const documents = new LRUCache<string, KnownDocument>({
    maxSize: MAX_CACHED_CHARACTERS,
    maxEntrySize: MAX_CACHED_CHARACTERS / 100,
    sizeCalculation: (_document, text) => Math.max(1, text.length),
  });

  function find(query: string): KnownDocument {
    const known = documents.get(query);
    if (known !== undefined) return known;
    const parsed = {
      document: parseWithin(limits.tokens, query),
      hash: hashOf(query),
      operations: new Map<string | undefined, AdmittedOperation>(),
    };
    documents.set(query, parsed);
    return parsed;
  }

  function operationIn(
    { document, hash, operations }: KnownDocument,
    operationName: string | undefined,
    method: string,
  ): AdmittedOperation {
    const ast = getOperationAST(document, operationName);
    if (!ast) throw badRequest('Could not determine what operation to execute.', { status: 400 });
    // Validation lets it pass: there is nothing that its fields could be compared with.
    if (!schema.getRootType(ast.operation))
      throw badRequest(`There are no ${ast.operation}s here.`, { status: 400 });
    // A browser follows links, and fetches ahead, without asking anybody.
    if (ast.operation === 'mutation' && method === 'GET')
      throw badRequest('Can only perform a mutation operation from a POST request.', {
        status: 405,
        headers: { Allow: 'POST' },
      });
    const known = operations.get(operationName);
    if (known !== undefined) return known;
    const operation = {
      hash,
      name: ast.name?.value ?? null,
      planned: plan(schema, document, operationName, plainFieldOf),
    };
    operations.set(operationName, operation);
    return operation;
  }

  /** Messages suggest no names where introspection is off: "Did you mean …?" would give the schema away guess by guess. */
  function errorsIn(document: DocumentNode): readonly GraphQLError[] {
    const errors = introspection
      ? validate(schema, document)
      : validate(schema, document, [...specifiedRules, NoSchemaIntrospectionCustomRule], {
          hideSuggestions: true,
        });
    return errors.map((error) => protocolError(error, 'GRAPHQL_VALIDATION_FAILED'));
  }

  return {
    admit({ query = '', operationName, variables }, method, spent) {
      const known = find(query);
      const operation = operationIn(known, operationName ?? undefined, method);
      known.measures ??= measure(schema, known.document);
      const cost = checkedCost(known.measures, variables ?? {}, limits, spent);
      known.errors ??= errorsIn(known.document);
      return known.errors.length > 0
        ? { admitted: false, errors: known.errors }
        : { admitted: true, operation, cost };
    },
  };
}

function parseWithin(maxTokens: number, query: string): DocumentNode {
  try {
    return parse(query, { maxTokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    // Parsing ends at the first token too many: how many there are nobody counts.
    if (TOO_MANY_TOKENS.test(error.message)) throw queryTooComplex('tokens', maxTokens, maxTokens + 1);
    throw protocolError(error, 'GRAPHQL_PARSE_FAILED');
  }
}

/** 400 for clients that take GraphQL's own media type, 200 for the others. */
function protocolError(error: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(error.message, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    extensions: { ...error.extensions, code, http: { spec: true, status: 400 } },
  });
}

function badRequest(
  message: string,
  http: { status: number; headers?: Record<string, string> },
): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http } });
}

/** @throws {GatehouseError} `QUERY_TOO_COMPLEX`. */
function checkedCost(
  measures: Measures,
  variables: Readonly<Record<string, unknown>>,
  limits: Limits,
  spent: number,
): number {
  for (const name of STATIC_MEASURES)
    if (measures[name] > limits[name]) throw queryTooComplex(name, limits[name], measures[name]);
  const cost = costWith(measures.cost, variables);
  // By itself first: the operations of a batch cost together.
  for (const actual of [cost, spent + cost])
    if (actual > limits.cost) throw queryTooComplex('cost', limits.cost, actual);
  return cost;
}
