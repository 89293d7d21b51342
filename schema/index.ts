import type { GraphQLSchema } from 'graphql';
import { builder } from './builder';
import './date-time';
import { addResource } from './external/add-resource';
import { projects } from './external/projects';
import { tasks } from './external/tasks';
import './types/mutation';
import './types/query';

export { createBuilder } from './builder';
export type { GatehouseContext } from './context';
export { resourcesOf } from './external/declared';
export { plainFieldOf } from './granted-scopes';

addResource(tasks);
addResource(projects);

/**
 * The schema of the gateway.
 * @throws {PothosSchemaError} naming the field, where one does not say who may ask for it.
 */
export const schema: GraphQLSchema = builder.toSchema();
