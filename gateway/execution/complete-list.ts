import { GraphQLError } from 'graphql';
import { completeValue } from './complete-value';
import { isPromise } from './is-promise';
import { type FieldPlace, ItemPlace, type Place } from './place';
import type { Completer, ValuePlan } from './plan';
import type { Run } from './run';

/** Completes lists, item by item, all at once. */
export class ListCompleter implements Completer {
  constructor(readonly item: ValuePlan) {}

  complete(run: Run, field: FieldPlace, place: Place, value: unknown): unknown {
    if (!isIterable(value))
      throw new GraphQLError(
        `Expected Iterable, but did not find one for field "${field.parentType.name}.${field.fieldName}".`,
      );
    const items: unknown[] = [];
    let pending = false;
    try {
      for (const item of value) {
        const completed = completeValue(this.item, run, field, new ItemPlace(place, items.length), item);
        if (isPromise(completed)) pending = true;
        items.push(completed);
      }
    } catch (error) {
      // The list is given up, and with it the items that are still waited for: one that is rejected later is nobody's.
      if (pending) Promise.allSettled(items);
      throw error;
    }
    return pending ? Promise.all(items) : items;
  }
}

/** Strings are, but no lists. */
function isIterable(value: unknown): value is Iterable<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Symbol.iterator in value &&
    typeof value[Symbol.iterator] === 'function'
  );
}
