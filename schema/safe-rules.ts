import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';

/**
 * Pothos plugin: a rule of a field that breaks denies the field. The scope plugin itself (4.2) says so of scopes and of
 * the rules of types only, and lets the failure of a field's rule through as if the field had failed.
 */
export const SAFE_RULES_PLUGIN = 'safeRules' as const;

type Rule = (...args: [parent: object, args: object, context: object, info: object]) => unknown;

/** What a rule threw, for whoever words the denial. */
export type BrokenRule = (context: object, cause: unknown) => Error;

export class SafeRulesPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(config: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const { authScopes }: { readonly authScopes?: unknown } = config.pothosOptions;
    if (typeof authScopes !== 'function') return config;
    const rule = authScopes as Rule;
    const { brokenRule } = this.builder.options;
    const safe: Rule = (...args) => {
      const deny = (cause: unknown): never => {
        throw brokenRule(args[2], cause);
      };
      try {
        const scopes = rule(...args);
        return scopes instanceof Promise ? scopes.catch(deny) : scopes;
      } catch (cause) {
        return deny(cause);
      }
    };
    const pothosOptions = { ...config.pothosOptions, authScopes: safe };
    // Only the rule differs; the options stay those of the field's kind, which a spread of the union forgets.
    return { ...config, pothosOptions } as PothosOutputFieldConfig<Types>;
  }
}

SchemaBuilder.registerPlugin(SAFE_RULES_PLUGIN, SafeRulesPlugin);

declare global {
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      safeRules: SafeRulesPlugin<Types>;
    }
    interface SchemaBuilderOptions<Types extends SchemaTypes> {
      /** The denial that a caller gets whose rule broke. */
      brokenRule: BrokenRule;
    }
  }
}
