import {
  assertValidSchema,
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  locatedError,
  OperationTypeNode,
} from 'graphql';
import type { Answer } from './answer-class';
import { chooseOperation } from './chosen-operation';
import { isPromise } from './is-promise';
import type { PlannedOperation } from './operation';
import type { PlainFieldOf } from './plain-field';
import { rootSelection } from './root-selection';
import { Run } from './run';
import type { Selection } from './selection';

/** As many as graphql-js tells of. */
const MAX_VARIABLE_ERRORS = 50;

const NO_VARIABLES: { readonly coerced: Record<string, unknown>; readonly errors?: undefined } = {
  coerced: Object.freeze({}),
};

/**
 * Plans an operation of a document: what depends on neither variables nor context nor data is worked out once, when it is first
 * reached, and not each time. A plan belongs beside its document; it holds nothing of the executions.
 */
export function planOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  plainFieldOf: PlainFieldOf = () => undefined,
): PlannedOperation {
  assertValidSchema(schema);
  const chosen = chooseOperation(document, operationName);
  if (chosen instanceof GraphQLError)
    return { execute: () => ({ errors: [new GraphQLError(chosen.message)] }) };
  const selectionFor = rootSelection(schema, chosen, document, plainFieldOf);
  const { variableDefinitions = [] } = chosen.operation;
  return {
    execute({ contextValue, variables, signal }) {
      if (signal?.aborted) throw signal.reason;
      const { coerced, errors } =
        variableDefinitions.length === 0
          ? NO_VARIABLES
          : getVariableValues(schema, variableDefinitions, variables ?? {}, {
              maxErrors: MAX_VARIABLE_ERRORS,
            });
      if (errors) return { errors };
      const run = new Run(schema, chosen, contextValue, coerced, signal);
      const data = executeRoot(run, selectionFor);
      if (!isPromise(data)) return resultOf(run, data);
      return Promise.resolve(data).then(
        (known) => resultOf(run, known),
        (error: unknown) => resultOf(run, failRoot(run, error)),
      );
    },
  };
}

function executeRoot(
  run: Run,
  selectionFor: (variables: Run['variables']) => Selection,
): Answer | PromiseLike<Answer> | null {
  try {
    const selection = selectionFor(run.variables);
    return run.chosen.operation.operation === OperationTypeNode.MUTATION
      ? selection.executeSerially(run, undefined)
      : selection.execute(run, undefined, undefined);
  } catch (error) {
    return failRoot(run, error);
  }
}

/** A failure that nothing below could take, as null. */
function failRoot(run: Run, error: unknown): null {
  run.failures.add(error instanceof GraphQLError ? error : locatedError(error, undefined), undefined);
  return null;
}

function resultOf(run: Run, data: Answer | null): ExecutionResult {
  if (run.stop?.aborted) throw run.stop.reason;
  const { errors } = run.failures;
  return errors.length === 0 ? { data } : { errors, data };
}
