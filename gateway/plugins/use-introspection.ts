import { NoSchemaIntrospectionCustomRule } from 'graphql';
import type { GatewayPlugin } from '../exchange';

/** Answers `__schema` and `__type` only where that is switched on. */
export function useIntrospection(enabled: boolean): GatewayPlugin {
  return {
    onValidate({ addValidationRule }) {
      if (!enabled) addValidationRule(NoSchemaIntrospectionCustomRule);
    },
  };
}
