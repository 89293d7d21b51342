import type { Clerk } from '../../sources/clerk';
import type { DocumentManifest } from '../documents';
import type { GatewayConfig } from '../env';
import type { GatewayPlugin } from '../exchange';
import type { Logger } from '../logger';
import type { RateLimits } from '../rate-limits';
import { useAuthentication } from './use-authentication';
import { useDocumentLimits } from './use-document-limits';
import { useErrorReport } from './use-error-report';
import { useHttpStatus } from './use-http-status';
import { useIntrospection } from './use-introspection';
import { useOperationLog } from './use-operation-log';
import { useOriginCheck } from './use-origin-check';
import { usePersistedDocuments } from './use-persisted-documents';
import { useRateLimits } from './use-rate-limits';
import { useJsonOnly, useRequestParameters } from './use-request-parameters';
import { useSourceReport } from './use-source-report';

/** The way of a request, top to bottom. */
export function gatewayPlugins(
  config: GatewayConfig,
  clerk: Clerk,
  logger: Logger,
  { rateLimits, documents }: { readonly rateLimits: RateLimits; readonly documents: DocumentManifest },
): GatewayPlugin[] {
  return [
    // Cheap refusals first: nothing of these looks at a token or a body.
    useOriginCheck(config),
    useJsonOnly(),
    // Before the body is read: whoever is refused costs no parsing.
    useAuthentication(config, clerk),
    useRequestParameters(config.limits),
    // Before anything is parsed.
    usePersistedDocuments(config.documents, documents, logger),
    useDocumentLimits(config.limits),
    useIntrospection(config.introspection),
    useOperationLog(),
    // Of what is about to be executed, and by whom.
    useRateLimits(rateLimits),
    // After execution and masking. The report adds to errors what the status does not look at.
    useErrorReport(logger),
    useSourceReport(config.cost),
    useHttpStatus(),
  ];
}
