import { completeValue, fail } from './complete-value';
import { FieldPlace, type Place } from './place';
import type { FieldPlan } from './plan';
import type { Run } from './run';

/** What a field of an object gives, or a promise of it. */
export function executeField(plan: FieldPlan, run: Run, source: unknown, parent: Place | undefined): unknown {
  // Nobody will see the answer, in which null is as good as anything.
  if (run.stopped) return null;
  const field = new FieldPlace(plan, run, parent);
  let value: unknown;
  try {
    value = plan.resolve(source, plan.argumentsFor(run.variables), run.context, field);
  } catch (error) {
    return fail(plan.value, run, field, field, error);
  }
  return completeValue(plan.value, run, field, field, value);
}
