import type { Clerk } from '../../sources/clerk';
import type { DocumentManifest } from '../documents';
import type { GatewayConfig } from '../env';
import type { GatewayPlugin } from '../exchange';
import type { Logger } from '../logger';
import { useAuthentication } from './use-authentication';
import { useErrorReport } from './use-error-report';
import { useHttpStatus } from './use-http-status';
import { useIntrospection } from './use-introspection';
import { useJsonAddress } from './use-json-address';
import { useJsonOnly } from './use-json-only';
import { useOriginCheck } from './use-origin-check';
import { usePersistedDocuments } from './use-persisted-documents';
import { useSourceReport } from './use-source-report';

/** The way of a request, top to bottom. */
export function gatewayPlugins(
  config: GatewayConfig,
  clerk: Clerk,
  logger: Logger,
  documents: DocumentManifest,
): GatewayPlugin[] {
  return [
    // Cheap refusals first: nothing of these looks at a token or a body.
    useOriginCheck(config),
    useJsonOnly(),
    useJsonAddress(),
    // Before the body is read: whoever is refused costs no parsing.
    useAuthentication(config, clerk),
    // Before anything is parsed.
    usePersistedDocuments(config.documents, documents, logger),
    useIntrospection(config.introspection),
    // After execution and masking. The report adds to errors what the status does not look at.
    useErrorReport(logger),
    useSourceReport(config.cost),
    useHttpStatus(),
  ];
}
