import { GatehouseError } from './gatehouse-error';

/** One broken rule: `path` leads from the field's arguments to the value, `['input', 'firstName']`. */
export interface InputIssue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Arguments that break a rule, every broken rule at once. */
export function badUserInput(issues: readonly InputIssue[]): GatehouseError {
  const [first] = issues;
  const message =
    issues.length === 1 && first !== undefined
      ? `${first.path.join('.')}: ${first.message}`
      : 'Some of the arguments are not valid.';
  return new GatehouseError('BAD_USER_INPUT', message, { issues });
}
