export type { Execution, PlannedOperation } from './operation';
export { planOperation } from './planned-operation';
export { referenceOperation } from './reference-operation';
