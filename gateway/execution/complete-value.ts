import { locatedError, responsePathAsArray } from 'graphql';
import { isPromise } from './is-promise';
import type { FieldPlace, Place } from './place';
import type { ValuePlan } from './plan';
import type { Run } from './run';

/**
 * The part of the answer that a value becomes, or a promise of it. What fails becomes null here, or above where the type is
 * non-null.
 *
 * What waits for promises are functions of their own: a closure in here would cost each value, also where nothing waits.
 */
export function completeValue(
  plan: ValuePlan,
  run: Run,
  field: FieldPlace,
  place: Place,
  value: unknown,
): unknown {
  try {
    const completed = isPromise(value)
      ? completeLater(plan, run, field, place, value)
      : completeKnown(plan, run, field, place, value);
    return isPromise(completed) ? failLater(plan, run, field, place, completed) : completed;
  } catch (error) {
    return fail(plan, run, field, place, error);
  }
}

function completeKnown(
  { nonNull, completer }: ValuePlan,
  run: Run,
  field: FieldPlace,
  place: Place,
  value: unknown,
): unknown {
  if (value instanceof Error) throw value;
  if (value !== null && value !== undefined) return completer.complete(run, field, place, value);
  if (nonNull)
    throw new Error(`Cannot return null for non-nullable field ${field.parentType.name}.${field.fieldName}.`);
  return null;
}

function completeLater(
  plan: ValuePlan,
  run: Run,
  field: FieldPlace,
  place: Place,
  value: PromiseLike<unknown>,
): PromiseLike<unknown> {
  return value.then((known) => completeKnown(plan, run, field, place, known));
}

function failLater(
  plan: ValuePlan,
  run: Run,
  field: FieldPlace,
  place: Place,
  completed: PromiseLike<unknown>,
): PromiseLike<unknown> {
  return completed.then(undefined, (error: unknown) => fail(plan, run, field, place, error));
}

/** Ends what is to become of a value. Throws the error, located, where null is not allowed in its place. */
export function fail(
  { nonNull }: ValuePlan,
  run: Run,
  field: FieldPlace,
  place: Place,
  cause: unknown,
): null {
  const error = locatedError(cause, field.fieldNodes, responsePathAsArray(place.path));
  if (nonNull) throw error;
  run.failures.add(error, place.path);
  return null;
}
