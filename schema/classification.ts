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
import { scopesInWords } from './scope-words';

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
    return {
      ...config,
      ...(field.kind === 'scoped' ? { description: withRule(config.description, field.text) } : {}),
      // The scopes of the type hold beside the field's own, unless it leaves them behind.
      extensions: {
        ...config.extensions,
        whoMayAsk: rules(field.skipsType ? field : type, field),
      },
    };
  }
}

/** Every rule that holds for a field, in words. Empty: everybody may ask. */
function rules(...declarations: readonly Declared[]): string[] {
  return [
    ...new Set(
      declarations.flatMap((declaration) => (declaration.kind === 'scoped' ? [declaration.text] : [])),
    ),
  ];
}

type Declared = { readonly skipsType: boolean } & (
  | { readonly kind: 'none' | 'public' }
  | { readonly kind: 'scoped'; readonly text: string }
);

interface ClassificationOptions {
  readonly public?: unknown;
  readonly authScopes?: unknown;
  readonly skipTypeScopes?: unknown;
  readonly whoMayAsk?: unknown;
}

function declared(options: object): Declared {
  const { public: isPublic, authScopes, skipTypeScopes, whoMayAsk }: ClassificationOptions = options;
  const skipsType = skipTypeScopes === true;
  const text = describe(authScopes, whoMayAsk);
  if (text !== undefined && isPublic === true)
    throw new PothosSchemaError('A field or type cannot have authScopes and be public.');
  if (text !== undefined) return { kind: 'scoped', text, skipsType };
  return { kind: isPublic === true ? 'public' : 'none', skipsType };
}

/** The rule in words; `undefined` where it asks for nothing. */
function describe(authScopes: unknown, inWords: unknown): string | undefined {
  if (typeof authScopes === 'function') {
    if (typeof inWords === 'string') return inWords;
    throw new PothosSchemaError('A function of scopes needs whoMayAsk, which says in words who may ask.');
  }
  return typeof authScopes === 'object' && authScopes !== null ? scopesInWords(authScopes) : undefined;
}

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
      /** Who may ask, in words, where `authScopes` is a function. */
      whoMayAsk?: string;
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
