export type { Execution, PlannedOperation } from './operation';
export type { PlainField, PlainFieldOf } from './plain-field';
export { planOperation } from './planned-operation';
export { referenceOperation } from './reference-operation';
