import type { Clerk } from '../../sources/clerk';
import type { GatewayConfig } from '../env';
import type { GatewayPlugin } from '../exchange';
import type { Logger } from '../logger';
import { useAuthentication } from './use-authentication';
import { useErrorReport } from './use-error-report';
import { useHttpStatus } from './use-http-status';
import { useIntrospection } from './use-introspection';
import { useJsonOnly } from './use-json-only';
import { useOriginCheck } from './use-origin-check';
import { useSourceReport } from './use-source-report';

/** The way of a request, top to bottom. */
export function gatewayPlugins(config: GatewayConfig, clerk: Clerk, logger: Logger): GatewayPlugin[] {
  return [
    // Cheap refusals first: nothing of these looks at a token or a body.
    useOriginCheck(config),
    useJsonOnly(),
    // Before the body is read: whoever is refused costs no parsing.
    useAuthentication(config, clerk),
    useIntrospection(config.introspection),
    // After execution and masking. The report adds to errors what the status does not look at.
    useErrorReport(logger),
    useSourceReport(config.cost),
    useHttpStatus(),
  ];
}
