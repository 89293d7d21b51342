import type { InputRef } from '@pothos/core';
import type { ColumnType, ComparisonOperator } from '../../sources/ports';
import { builder } from '../builder';

type Scalar = 'ID' | 'String' | 'Int' | 'Float' | 'Boolean' | 'DateTime';

const OPERATORS: Readonly<Record<ComparisonOperator, string>> = {
  eq: 'Equal to this.',
  in: 'Equal to one of these, of which there may be 100.',
  gt: 'Greater than this.',
  gte: 'This or greater.',
  lt: 'Less than this.',
  lte: 'This or less.',
};

const EQUALITY: readonly ComparisonOperator[] = ['eq', 'in'];
const RANGE: readonly ComparisonOperator[] = ['gt', 'gte', 'lt', 'lte'];

interface Comparable {
  readonly description: string;
  readonly operators: readonly ComparisonOperator[];
}

const COMPARABLES: Readonly<Record<Scalar, Comparable>> = {
  ID: { description: 'Compares an id.', operators: EQUALITY },
  String: { description: 'Compares a text, to the letter.', operators: EQUALITY },
  Boolean: { description: 'Compares a yes or no.', operators: ['eq'] },
  Int: { description: 'Compares a whole number.', operators: [...EQUALITY, ...RANGE] },
  Float: { description: 'Compares a number.', operators: RANGE },
  DateTime: { description: 'Compares a point in time.', operators: ['eq', ...RANGE] },
};

/** The GraphQL type of a column. */
export function scalarOf(type: ColumnType): Scalar {
  return type === 'UUID' ? 'ID' : type;
}

const inputs = new Map<Scalar, InputRef<Readonly<Record<string, unknown>>>>();

/** The input that compares a column of a type. It is defined when the first column needs it. */
export function filterInput(type: ColumnType): InputRef<Readonly<Record<string, unknown>>> {
  const scalar = scalarOf(type);
  const defined = inputs.get(scalar);
  if (defined) return defined;
  const { description, operators } = COMPARABLES[scalar];
  const input = builder.inputRef<Readonly<Record<string, unknown>>>(`${scalar}Filter`).implement({
    description: `${description} What is left out does not restrict; all that is given has to hold.`,
    fields: (t) =>
      Object.fromEntries(
        operators.map((operator) => [
          operator,
          t.field({ type: operator === 'in' ? [scalar] : scalar, description: OPERATORS[operator] }),
        ]),
      ),
  });
  inputs.set(scalar, input);
  return input;
}
