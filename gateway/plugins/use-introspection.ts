import { NoSchemaIntrospectionCustomRule, validate } from 'graphql';
import type { GatewayPlugin } from '../exchange';

/**
 * Answers `__schema` and `__type` only where that is switched on. Where it is not, messages suggest no names either:
 * "Did you mean …?" would give the schema away guess by guess.
 */
export function useIntrospection(enabled: boolean): GatewayPlugin {
  return {
    onValidate({ addValidationRule, setValidationFn }) {
      if (enabled) return;
      addValidationRule(NoSchemaIntrospectionCustomRule);
      setValidationFn((schema, document, rules) =>
        validate(schema, document, rules, { hideSuggestions: true }),
      );
    },
  };
}
