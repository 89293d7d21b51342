import { isPublishableKey } from '@clerk/shared/keys';
import { GatehouseError } from '../../errors/gatehouse-error';
import type { Deadline } from '../deadline';
import { inFlight } from '../in-flight';
import type { Observe } from '../observe';
import type { Directory, OrganizationRecord, UserAuth } from '../ports';
import { type Authentication, authenticate } from './authenticate';
import { createBackendApi } from './backend-api';
import { type ClerkConfig, createClient } from './client';
import { createDirectory, type DirectoryRequest } from './directory';
import { createUserFetch } from './fetch-users';
import { createMachineTokens, type Verification } from './machine-tokens';
import { createOrdinarySessions } from './ordinary-sessions';
import { probeBackendApi } from './probe';
import { createProfileBudget } from './profile-budget';
import { createRecordCache } from './record-cache';
import { parseOrganization } from './records';
import { createSigningKeys } from './signing-keys';
import { createTemplateTokens } from './template-tokens';
import { createVerifiedSessions } from './verified-sessions';
import { type ClerkEvent, readWebhook } from './webhooks';

export type { Authentication } from './authenticate';
export type { ClerkConfig } from './client';
export { type DigestOf, digestOfLast } from './credential-digest';

/** One Clerk instance, for the life of the process. */
export interface Clerk {
  /** See {@link authenticate}. */
  authenticate(headers: Pick<Headers, 'get'>, verification: Verification): Promise<Authentication>;
  /** The users and organizations of one request. */
  directory(request: DirectoryRequest): Directory;
  /**
   * A token made from a JWT template for a session, while it lives.
   * @throws {GatehouseError} `RATE_LIMITED`, `UPSTREAM_TIMEOUT`, or `UPSTREAM_UNAVAILABLE`: also where there is no such template, or
   * the session has ended.
   */
  templateToken(auth: UserAuth, template: string, deadline: Deadline, observe: Observe): Promise<string>;
  /**
   * Whether the Backend API answers: a cheap call, on no caller's behalf.
   * @throws {GatehouseError} where it does not.
   */
  probe(deadline: Deadline): Promise<void>;
  /**
   * Learns what a webhook tells. Again, late or out of order it changes nothing.
   * @returns the type of its event.
   * @throws {GatehouseError} `NOT_FOUND` where no webhooks are taken, `BAD_REQUEST` where it is not Clerk's.
   */
  receiveWebhook(request: Request): Promise<string>;
}

export function createClerk(config: ClerkConfig): Clerk {
  const { recordCache, webhookSecret } = config;
  const client = createClient(config);
  const api = createBackendApi(config.callsPerWindow, config.timeoutMs);
  const users = createRecordCache('users', createUserFetch(client, api), recordCache);
  const fetching = inFlight<OrganizationRecord>();
  const organizations = createRecordCache(
    'organization',
    (organizationId) =>
      fetching(organizationId, () =>
        api.sharedRead(async () =>
          parseOrganization(await client.organizations.getOrganization({ organizationId })),
        ),
      ),
    recordCache,
  );
  const templateTokens = createTemplateTokens(client, api);
  const verifiers = {
    client,
    keys: createSigningKeys(config, client, api),
    machineTokens: createMachineTokens(client, api),
    // With a publishable key that is none, Clerk's SDK fails whatever the token: it has to be asked.
    ordinarySessions: isPublishableKey(config.publishableKey) ? createOrdinarySessions() : undefined,
    sessions: createVerifiedSessions(),
  };
  const sources = { client, api, users, organizations, profileBudget: createProfileBudget() };

  function learn(event: ClerkEvent): void {
    if (event.about === 'user') users.learn(event.record);
    else if (event.about === 'organization') organizations.learn(event.record);
    else if (event.about === 'deletedUser') users.forget(event.id);
    else if (event.about === 'deletedOrganization') organizations.forget(event.id);
    else if (event.about === 'endedSession') templateTokens.forget(event.id);
  }

  return {
    authenticate: (headers, verification) => authenticate(headers, verifiers, verification),
    directory: (request) => createDirectory(sources, request),
    templateToken: templateTokens.mint,
    probe: (deadline) => probeBackendApi(client, api, deadline),
    async receiveWebhook(request) {
      if (webhookSecret === undefined) throw new GatehouseError('NOT_FOUND', 'No webhooks are taken here.');
      const event = await readWebhook(request, webhookSecret);
      learn(event);
      return event.type;
    },
  };
}
