import { collectSubFields } from '@graphql-tools/utils';
import {
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  getNamedType,
  isObjectType,
} from 'graphql';
import type { ConnectionSelection } from '../../resolvers/external/page';

/** What an operation selects of a connection, through fragments and with `@skip` and `@include` applied. */
export function connectionSelection(info: GraphQLResolveInfo): ConnectionSelection {
  const connection = select(info, info.returnType, [...info.fieldNodes]);
  const edges = connection.get('edges');
  const pageInfo = connection.get('pageInfo');
  const edge = edges && select(info, edges.type, edges.nodes);
  const node = edge?.get('node');
  const bounds = pageInfo && select(info, pageInfo.type, pageInfo.nodes);
  return {
    nodeFields: node ? [...select(info, node.type, node.nodes).keys()] : [],
    cursors: [edge?.has('cursor'), bounds?.has('startCursor'), bounds?.has('endCursor')].includes(true),
    rows: edges !== undefined || pageInfo !== undefined,
    totalCount: connection.has('totalCount'),
  };
}

/** The fields that an operation selects of the object that a field gives. */
export function objectSelection(info: GraphQLResolveInfo): string[] {
  return [...select(info, info.returnType, [...info.fieldNodes]).keys()];
}

/** A field, under all the aliases it is selected by. */
interface Selected {
  readonly type: GraphQLOutputType;
  readonly nodes: FieldNode[];
}

/** The fields that are selected below nodes of a type, by name. */
function select(
  info: GraphQLResolveInfo,
  type: GraphQLOutputType,
  nodes: FieldNode[],
): Map<string, Selected> {
  const selected = new Map<string, Selected>();
  const parent: GraphQLObjectType | null = asObject(type);
  if (parent === null) return selected;
  const { fields } = collectSubFields(info.schema, info.fragments, info.variableValues, parent, nodes);
  for (const node of [...fields.values()].flat()) {
    // `__typename` is in no type's fields, and of no source.
    const field = parent.getFields()[node.name.value];
    if (field === undefined) continue;
    const earlier = selected.get(field.name);
    if (earlier) earlier.nodes.push(node);
    else selected.set(field.name, { type: field.type, nodes: [node] });
  }
  return selected;
}

function asObject(type: GraphQLOutputType): GraphQLObjectType | null {
  const named = getNamedType(type);
  return isObjectType(named) ? named : null;
}
