import type { ExecutionResult } from 'graphql';
import { unauthenticated } from '../errors/token-errors';
import type { Admission, AdmittedOperation } from './admission';
import { type ContextParts, createContext } from './context';
import type { DocumentParams } from './document-id';
import { withErrorReport } from './error-report';
import type { Exchange, OperationParams } from './exchange';
import type { HeaderReader } from './header-reader';
import { type HttpReport, httpReportOf } from './http-status';
import type { Logger } from './logger';
import { maskError } from './mask-error';
import { authorizedPartiesOf, checkOrigin } from './origins';
import { checkMediaType, checkVariables } from './parameters';
import type { PersistedDocuments } from './persisted-documents';
import type { RateLimits } from './rate-limits';
import { withSourceReport } from './source-report';

/** What the rules of a gateway work with. */
export interface CoreParts extends ContextParts {
  readonly documents: PersistedDocuments;
  readonly admission: Admission;
  readonly rateLimits: RateLimits;
  readonly logger: Logger;
}

/** What a request is before anybody reads its body. */
export interface RequestHead {
  readonly method: string;
  readonly headers: HeaderReader;
}

/** What becomes of a request. */
export interface Answer {
  readonly result: ExecutionResult;
  /** Undefined: 200, or what GraphQL over HTTP says of the errors. */
  readonly http: HttpReport | undefined;
}

/**
 * The way of a request: every rule of the gateway, in order. Whatever server takes requests hands them through these, and adds
 * nothing of its own.
 */
export interface Core {
  /**
   * First, and before the body is read: whoever is refused costs no parsing.
   * @returns false where the caller must not learn that there is an endpoint.
   * @throws {GatehouseError | GraphQLError} where the request is refused.
   */
  receive(head: RequestHead, exchange: Exchange): Promise<boolean>;
  /**
   * Second, with what the body says: finds the document that is named, and weighs the variables.
   * @throws {GatehouseError | GraphQLError} where the request is refused.
   */
  readParams(params: OperationParams & DocumentParams): OperationParams;
  /**
   * Third: admits the operation, which is free, or tells what is wrong with its document.
   * @throws {GatehouseError | GraphQLError} where the operation is refused.
   */
  admit(params: OperationParams, method: string, exchange: Exchange): Admitted | ExecutionResult;
  /**
   * Fourth: spends its cost and executes it.
   * @throws {GatehouseError} `RATE_LIMITED`.
   * @throws the reason of the caller's signal, where the caller went away.
   */
  execute(admitted: Admitted, params: OperationParams, exchange: Exchange): Promise<ExecutionResult>;
  /** Last, for every answer and refusal: tells the log what failed, and the caller what they may know. */
  report(result: ExecutionResult, exchange: Exchange): Answer;
}

/** An operation that may be executed, and what it costs, in points. */
export interface Admitted {
  readonly operation: AdmittedOperation;
  readonly cost: number;
}

/** A name may be as long as a request. */
const LONGEST_LOGGED_NAME = 100;

export function createCore(parts: CoreParts): Core {
  const { config, clerk, documents, admission, rateLimits, logger } = parts;
  const authorizedParties = authorizedPartiesOf(config);
  return {
    async receive({ method, headers }, exchange) {
      // Cheap refusals first: nothing of these looks at a token or a body.
      checkOrigin(headers, config);
      checkMediaType(method, headers);
      exchange.authentication = await clerk.authenticate(headers, {
        authorizedParties: authorizedParties(headers),
        address: exchange.address,
        digestOf: exchange.digestOf,
        deadline: exchange.deadline,
        observe: exchange.observe,
      });
      if (exchange.authentication.auth.kind !== 'anonymous') return true;
      if (config.signedOut === 'unauthorized') throw unauthenticated();
      return config.signedOut !== 'not-found';
    },

    readParams(sent) {
      const params = documents.withDocument(sent);
      checkVariables(params.variables, config.limits);
      return params;
    },

    admit(params, method, exchange) {
      const verdict = admission.admit(params, method, exchange.cost);
      if (!verdict.admitted) return { errors: verdict.errors };
      exchange.cost += verdict.cost;
      return verdict;
    },

    async execute({ operation, cost }, { query, variables }, exchange) {
      const { authentication, address, caller, requestId } = exchange;
      if (authentication === undefined) throw new Error('A request got through unauthenticated.');
      const { hash, name, planned } = operation;
      exchange.operation = { name, hash };
      if (documents.isWorthAWarning(query))
        logger.warn(
          { requestId, sha256: hash, operation: name?.slice(0, LONGEST_LOGGED_NAME) },
          'unknown document',
        );
      const left = await rateLimits.spend(authentication.auth, address, cost);
      if (left !== undefined) exchange.rateLimit = left;
      const contextValue = createContext(parts, authentication, exchange);
      return masked(await planned.execute({ contextValue, variables, signal: caller }));
    },

    report(result, exchange) {
      const told = withErrorReport(result, exchange, logger);
      return { result: withSourceReport(told, exchange, config.cost), http: httpReportOf(told) };
    },
  };
}

/** The result of a request that was refused, whatever with. */
export function refusal(error: unknown): ExecutionResult {
  return { errors: [maskError(error)] };
}

function masked(result: ExecutionResult): ExecutionResult {
  return result.errors === undefined ? result : { ...result, errors: result.errors.map(maskError) };
}
