import {
  defaultFieldResolver,
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNullableType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';
import type { Fragments } from './chosen-operation';
import { collectFields } from './collect-fields';
import { AbstractCompleter } from './complete-abstract';
import { LeafCompleter } from './complete-leaf';
import { ListCompleter } from './complete-list';
import { ObjectCompleter } from './complete-object';
import { fieldArguments } from './field-arguments';
import type { Variables } from './operation';
import { type PlainFieldOf, plainRead } from './plain-field';
import type { Completer, FieldPlan, ValuePlan } from './plan';
import { Selection } from './selection';

/** Plans selections of a document. Only those that are reached are planned, when they are. */
export class Planner {
  constructor(
    readonly schema: GraphQLSchema,
    readonly fragments: Fragments,
    readonly plainFieldOf: PlainFieldOf,
  ) {}

  /**
   * Plans what is selected of the objects of a type. It holds for all variables that decide conditions as these do.
   * @throws {GraphQLError} where a condition has no value.
   */
  selection(
    type: GraphQLObjectType,
    selectionSets: Iterable<SelectionSetNode>,
    variables: Variables,
  ): Selection {
    const { schema, fragments } = this;
    const fields: FieldPlan[] = [];
    for (const [responseName, nodes] of collectFields(
      { schema, fragments, variables },
      type,
      selectionSets,
    )) {
      const [node] = nodes;
      const definition = node && this.#definition(type, node.name.value);
      // Without one the document is not valid, and graphql-js leaves the field out.
      if (node === undefined || definition === undefined) continue;
      fields.push({
        responseName,
        definition,
        parentType: type,
        nodes,
        resolve: definition.resolve ?? defaultFieldResolver,
        argumentsFor: fieldArguments(definition, node),
        value: this.#value(definition.type, nodes),
        plainRead: plainRead(definition, this.plainFieldOf),
      });
    }
    return new Selection(fields);
  }

  /** `__typename` is a field of every type, and those of introspection of the root of queries. */
  #definition(type: GraphQLObjectType, name: string): GraphQLField<unknown, unknown> | undefined {
    if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
    if (type === this.schema.getQueryType()) {
      if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
      if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    }
    return type.getFields()[name];
  }

  #value(type: GraphQLOutputType, nodes: readonly FieldNode[]): ValuePlan {
    return { nonNull: isNonNullType(type), completer: this.#completer(getNullableType(type), nodes) };
  }

  #completer(type: GraphQLOutputType, nodes: readonly FieldNode[]): Completer {
    const ofObject = (objectType: GraphQLObjectType) =>
      new ObjectCompleter(objectType, (variables) =>
        this.selection(
          objectType,
          nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
          variables,
        ),
      );
    if (isLeafType(type)) return new LeafCompleter(type);
    if (isListType(type)) return new ListCompleter(this.#value(type.ofType, nodes));
    if (isObjectType(type)) return ofObject(type);
    return new AbstractCompleter(type, ofObject);
  }
}
