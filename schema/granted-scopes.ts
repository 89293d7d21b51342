import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLResolveInfo } from 'graphql';
import { type LastingScopes, lastingRules } from './lasting-rules';

/**
 * Pothos plugin: lets callers through to a field who were let in before, by rules that depend on nothing but the caller. The scope
 * plugin alone judges them for each object of a list anew. It has to come before that one, and its other half after it.
 *
 * Nobody gets in whom the scope plugin did not let in first, and whoever is denied is judged, and told why, each time.
 */
export const GRANTED_SCOPES_PLUGIN = 'grantedScopes' as const;

/** The other half: stands behind the scope plugin, which only those pass whom it lets in, and writes them down. */
export const GRANT_NOTES_PLUGIN = 'grantNotes' as const;

type Resolver<Types extends SchemaTypes> = GraphQLFieldResolver<unknown, Types['Context'], object>;

/** A field with rules that depend on nothing but the caller. */
interface LastingField {
  resolve(parent: unknown, args: object, context: object, info: GraphQLResolveInfo): unknown;
  /** Who was let in by these rules, at whatever field. */
  readonly granted: WeakSet<object>;
}

/** By what Pothos knows of the field: that is how the two halves meet. */
const lastingFields = new WeakMap<object, LastingField>();

/** A field that gives what a property of its object holds, to callers who were let in by its rules before. */
export interface GrantedProperty {
  readonly property: string;
  mayRead(context: unknown): boolean;
}

const grantedProperties = new WeakMap<object, GrantedProperty>();

/** What the resolver of such a field does for callers whom it lets through; undefined where it does more. */
export function plainFieldOf(resolve: object): GrantedProperty | undefined {
  return grantedProperties.get(resolve);
}

export class GrantedScopesPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(judged: Resolver<Types>, config: PothosOutputFieldConfig<Types>): Resolver<Types> {
    const field = lastingFields.get(config);
    if (field === undefined) return judged;
    const { callerOf } = this.builder.options.grantedScopes;
    const resolve: Resolver<Types> = (parent, args, context, info) =>
      field.granted.has(callerOf(context))
        ? field.resolve(parent, args, context, info)
        : judged(parent, args, context, info);
    if (field.resolve === defaultFieldResolver)
      grantedProperties.set(resolve, {
        property: config.name,
        mayRead: (context) => isObject(context) && field.granted.has(callerOf(context)),
      });
    return resolve;
  }
}

export class GrantNotesPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  /** Of one schema: another one may judge by other rules. */
  readonly #granted = new Map<string, WeakSet<object>>();

  override wrapResolve(resolve: Resolver<Types>, config: PothosOutputFieldConfig<Types>): Resolver<Types> {
    const { grantedScopes, scopeAuth } = this.builder.options;
    // Then the scope plugin judges some callers elsewhere than in front of the resolver.
    if (scopeAuth.runScopesOnType || scopeAuth.authorizeOnSubscribe) return resolve;
    const { callerOf, lasting } = grantedScopes;
    const rules = lastingRules(this.#declarationsOf(config), lasting);
    if (rules === undefined) return resolve;
    const granted = this.#granted.get(rules) ?? new WeakSet();
    this.#granted.set(rules, granted);
    lastingFields.set(config, { resolve, granted });
    return (parent, args, context, info) => {
      const caller = callerOf(context);
      // Who may change is somebody else the next time.
      if (Object.isFrozen(caller)) granted.add(caller);
      return resolve(parent, args, context, info);
    };
  }

  /** In the order in which the scope plugin judges by them, the field's own first. */
  #declarationsOf(config: PothosOutputFieldConfig<Types>): object[] {
    const types = [...new Set([config.declaringType ?? config.parentType, config.parentType])].map((name) =>
      this.buildCache.getTypeConfig(name),
    );
    const interfaces = types.flatMap((type) =>
      type.kind === 'Object' || type.kind === 'Interface'
        ? type.interfaces.map((ref) => this.buildCache.getTypeConfig(ref, 'Interface'))
        : [],
    );
    return [config, ...types, ...interfaces].map(({ pothosOptions }) => pothosOptions);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

SchemaBuilder.registerPlugin(GRANTED_SCOPES_PLUGIN, GrantedScopesPlugin);
SchemaBuilder.registerPlugin(GRANT_NOTES_PLUGIN, GrantNotesPlugin);

declare global {
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      grantedScopes: GrantedScopesPlugin<Types>;
      grantNotes: GrantNotesPlugin<Types>;
    }
    interface SchemaBuilderOptions<Types extends SchemaTypes> {
      grantedScopes: {
        /** Whom the scopes are about: an object that every request of the same caller brings, or one of its own. */
        readonly callerOf: (context: object) => object;
        readonly lasting: LastingScopes;
      };
    }
  }
}
