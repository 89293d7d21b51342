import SchemaBuilder, {
  BasePlugin,
  type FieldNullability,
  type InputFieldMap,
  type PothosOutputFieldConfig,
  PothosSchemaError,
  type PothosTypeConfig,
  type RootName,
  type SchemaTypes,
  type TypeParam,
} from '@pothos/core';

/**
 * Pothos plugin: every field states who may ask for it, by its own `authScopes`, by its type's, or by `public: true`
 * on either. Building the schema fails, naming the field, where none of these is there. What was stated is
 * appended to the description, so that readers of the SDL and of GraphiQL see it.
 */
export const CLASSIFICATION_PLUGIN = 'classification' as const;

export class ClassificationPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onTypeConfig(config: PothosTypeConfig): PothosTypeConfig {
    const rule = declared(config.pothosOptions);
    return rule.kind === 'scoped'
      ? { ...config, description: withRule(config.description, rule.text) }
      : config;
  }

  override onOutputFieldConfig(config: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const coordinate = `${config.parentType}.${config.name}`;
    const field = declared(config.pothosOptions);
    const type = declared(this.buildCache.getTypeConfig(config.parentType).pothosOptions);
    if (field.kind === 'public' && type.kind === 'scoped')
      throw new PothosSchemaError(
        `${coordinate} is marked public, but the scopes of ${config.parentType} hold for it.`,
      );
    if (field.kind === 'none' && (type.kind === 'none' || field.skipsType))
      throw new PothosSchemaError(
        `${coordinate} does not say who may ask for it: give it (or ${config.parentType}) authScopes, or mark it public: true.`,
      );
    return field.kind === 'scoped'
      ? { ...config, description: withRule(config.description, field.text) }
      : config;
  }
}

type Declared = { readonly skipsType: boolean } & (
  | { readonly kind: 'none' | 'public' }
  | { readonly kind: 'scoped'; readonly text: string }
);

interface ClassificationOptions {
  readonly public?: unknown;
  readonly authScopes?: unknown;
  readonly skipTypeScopes?: unknown;
}

function declared(options: object): Declared {
  const { public: isPublic, authScopes, skipTypeScopes }: ClassificationOptions = options;
  const skipsType = skipTypeScopes === true;
  const text = describe(authScopes);
  if (text !== undefined && isPublic === true)
    throw new PothosSchemaError('A field or type cannot have authScopes and be public.');
  if (text !== undefined) return { kind: 'scoped', text, skipsType };
  return { kind: isPublic === true ? 'public' : 'none', skipsType };
}

/** The rule in words; `undefined` where a map of scopes asks for nothing. */
function describe(authScopes: unknown): string | undefined {
  if (typeof authScopes === 'function') return 'a caller who passes a check of the value';
  if (typeof authScopes !== 'object' || authScopes === null) return undefined;
  const scopes = Object.entries(authScopes).flatMap(([name, value]) =>
    value === false || value == null ? [] : [SCOPES_IN_WORDS[name] ?? `${name}: ${JSON.stringify(value)}`],
  );
  return scopes.length === 0 ? undefined : scopes.join(' and ');
}

const SCOPES_IN_WORDS: Readonly<Record<string, string>> = { signedIn: 'a signed-in user' };

function withRule(description: string | null | undefined, rule: string): string {
  return `${description ? `${description}\n\n` : ''}Who may ask: ${rule}.`;
}

SchemaBuilder.registerPlugin(CLASSIFICATION_PLUGIN, ClassificationPlugin);

declare global {
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      classification: ClassificationPlugin<Types>;
    }
    interface Classified {
      /** Everybody may ask, signed in or not. */
      public?: true;
    }
    interface RootTypeOptions<Types extends SchemaTypes, Type extends RootName> extends Classified {}
    interface ObjectTypeOptions<Types extends SchemaTypes, Shape> extends Classified {}
    interface InterfaceTypeOptions<Types extends SchemaTypes, Shape> extends Classified {}
    interface FieldOptions<
      Types extends SchemaTypes,
      ParentShape,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveShape,
      ResolveReturnShape,
    > extends Classified {}
  }
}
