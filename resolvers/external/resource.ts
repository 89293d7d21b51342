import type { Column, ColumnType, ExternalSourceName, OrderDirection } from '../../sources/ports';

/** A column of an external table, as a field of the API. */
export interface ResourceField {
  readonly type: ColumnType;
  /** What the field means, for readers of the schema. */
  readonly description: string;
  /** Name in the table, where it differs from the field's. */
  readonly column?: string;
  /** Whether the column may hold null. Such a column cannot be sorted by. */
  readonly nullable?: boolean;
  readonly filterable?: boolean;
  readonly sortable?: boolean;
}

/** A row of a resource that each row points to. It becomes a field that is null where the caller cannot see that row. */
export interface ResourceRelation<Field extends string = string> {
  /** Name of the other resource's object type: `Project`. It may be the resource itself. */
  readonly to: string;
  /** The field that holds the other row's key, and is of the same type. */
  readonly by: Field;
  /** What the relation means, for readers of the schema. */
  readonly description: string;
}

/** A table of an external source and what of it the API shows. See `schema/external/tasks.ts` for one. */
export interface ExternalResource<Field extends string = string> {
  /** Name of the object type: `Task`. */
  readonly type: string;
  /** Name of the field on `ExternalData`: `tasks`. */
  readonly field: string;
  readonly description: string;
  /** Where the table is. Default: `supabase`. */
  readonly source?: ExternalSourceName;
  readonly table: string;
  readonly fields: Readonly<Record<Field, ResourceField>>;
  /** Rows of resources that a row points to, by the name of the field that gives them. */
  readonly relations?: Readonly<Record<string, ResourceRelation<NoInfer<Field>>>>;
  /** The field that is unique, which decides the order among rows that are otherwise equal. */
  readonly key: NoInfer<Field>;
  /**
   * Column that holds the Clerk id of a row's owner. Only the caller's own rows are asked for then, which spares
   * the database work; that nobody else's are given is up to its row-level security.
   */
  readonly ownedBy?: string;
  readonly defaultOrder: { readonly field: NoInfer<Field>; readonly direction: OrderDirection };
}

/** Name of the source that a resource is read from. */
export function sourceOf({ source }: ExternalResource): ExternalSourceName {
  return source ?? 'supabase';
}

/** A field's column in the source. */
export function columnOf(resource: ExternalResource, field: string): Column {
  const definition = resource.fields[field];
  if (definition === undefined) throw new Error(`${resource.type} has no field "${field}".`);
  return {
    name: definition.column ?? field,
    type: definition.type,
    nullable: definition.nullable ?? false,
  };
}

/** The columns that fields and relations need, each once. */
export function columnsOf(resource: ExternalResource, names: readonly string[]): Column[] {
  return uniqueColumns(names.map((name) => columnOf(resource, resource.relations?.[name]?.by ?? name)));
}

/** The columns, each once. */
export function uniqueColumns(columns: readonly Column[]): Column[] {
  return [...new Map(columns.map((column) => [column.name, column])).values()];
}

/** Names of the fields for which a predicate holds, in the order of their declaration. */
export function fieldsWhere(
  resource: ExternalResource,
  predicate: (field: ResourceField) => boolean,
): string[] {
  return Object.entries(resource.fields).flatMap(([name, field]) => (predicate(field) ? [name] : []));
}

/**
 * Declares a resource.
 * @throws {Error} naming the field, where the key, the default order or what a relation goes by is not declared, where a
 * sortable column may be null, or where a relation has the name of a field; or naming what is called in the source as not
 * every source's language allows.
 */
export function defineResource<Field extends string>(
  resource: ExternalResource<Field>,
): ExternalResource<Field> {
  const { type, key, defaultOrder, fields, relations = {} } = resource;
  requirePlainNames(resource);
  for (const name of [key, defaultOrder.field])
    if (fields[name] === undefined) throw new Error(`${type} declares no field "${name}".`);
  for (const [name, { by }] of Object.entries(relations)) {
    if (Object.hasOwn(fields, name)) throw new Error(`${type}.${name} is both a field and a relation.`);
    if (fields[by] === undefined)
      throw new Error(`${type}.${name} goes by "${by}", which is no field of ${type}.`);
  }
  if (fields[defaultOrder.field].sortable !== true)
    throw new Error(`${type}.${defaultOrder.field} is the default order and must be sortable.`);
  for (const name of fieldsWhere(
    resource,
    ({ sortable, nullable }) => sortable === true && nullable === true,
  ))
    throw new Error(`${type}.${name} may be null and so cannot be sorted by: pages would lose rows.`);
  return resource;
}

/** Names become a part of addresses and of GraphQL documents, as they are. */
function requirePlainNames(resource: ExternalResource): void {
  const { type, table, ownedBy } = resource;
  const columns = Object.keys(resource.fields).map((field) => columnOf(resource, field).name);
  for (const name of [table, ...columns, ...(ownedBy === undefined ? [] : [ownedBy])])
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
      throw new Error(`${type}: "${name}" must consist of letters, digits and underscores.`);
}
