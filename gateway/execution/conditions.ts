import { type DocumentNode, GraphQLIncludeDirective, GraphQLSkipDirective, Kind, visit } from 'graphql';
import type { Variables } from './operation';

const CONDITIONS: readonly string[] = [GraphQLSkipDirective.name, GraphQLIncludeDirective.name];

/** Names of the variables that decide, through `@skip` and `@include`, which fields are selected. */
export function conditionVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive(directive) {
      if (!CONDITIONS.includes(directive.name.value)) return;
      for (const { value } of directive.arguments ?? [])
        if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

/** What these variables decide: where it is equal the same fields are selected, or the selection fails in the same way. */
export function conditionsIn(variables: Variables, names: readonly string[]): string {
  if (names.length === 0) return '';
  return JSON.stringify(names.map((name) => (Object.hasOwn(variables, name) ? [variables[name]] : [])));
}
