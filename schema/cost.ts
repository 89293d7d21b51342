import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';

/**
 * Pothos plugin: a field may say what it costs, in calls to sources. `gateway/measure.ts` adds the costs of an operation
 * up before it is executed, multiplied by the sizes of the lists they stand in.
 */
export const COST_PLUGIN = 'cost' as const;

export class CostPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(config: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const { cost }: { readonly cost?: unknown } = config.pothosOptions;
    return typeof cost === 'number' ? { ...config, extensions: { ...config.extensions, cost } } : config;
  }
}

SchemaBuilder.registerPlugin(COST_PLUGIN, CostPlugin);

declare global {
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      cost: CostPlugin<Types>;
    }
    interface FieldOptions<
      Types extends SchemaTypes,
      ParentShape,
      Type extends import('@pothos/core').TypeParam<Types>,
      Nullable extends import('@pothos/core').FieldNullability<Type>,
      Args extends import('@pothos/core').InputFieldMap,
      ResolveShape,
      ResolveReturnShape,
    > {
      /** What resolving the field once costs besides its selection. A call to a source is 10. Default: nothing. */
      cost?: number;
    }
  }
}
