import { type GraphQLField, type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';

/**
 * Every field of a schema and who may ask for it, as a Markdown table: a changed rule is a changed line of it. What
 * `schema/classification.ts` noted of each field is all that it goes by.
 */
export function policyTable(schema: GraphQLSchema): string {
  const lines = Object.values(schema.getTypeMap())
    .filter((type) => (isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith('__'))
    .sort((one, other) => one.name.localeCompare(other.name))
    .flatMap((type) =>
      isObjectType(type) || isInterfaceType(type)
        ? Object.values(type.getFields()).map(
            (field) => `| \`${type.name}.${field.name}\` | ${whoMayAsk(field)} |`,
          )
        : [],
    );
  return ['| field | who may ask |', '|---|---|', ...lines].join('\n');
}

function whoMayAsk({ extensions, name }: GraphQLField<unknown, unknown>): string {
  const { whoMayAsk: rules } = extensions;
  if (!Array.isArray(rules)) throw new Error(`Nobody has classified the field ${name}.`);
  return rules.length === 0 ? 'everybody' : rules.join('; and ');
}
