import { verifyWebhook } from '@clerk/backend/webhooks';
import { z } from 'zod';
import { GatehouseError } from '../../errors/gatehouse-error';
import type { OrganizationRecord, UserRecord } from '../ports';
import { parseOrganization, parseUser } from './records';

/** What a webhook of Clerk says, as far as it matters here. */
export type ClerkEvent = { readonly type: string } & (
  | { readonly about: 'user'; readonly record: UserRecord }
  | { readonly about: 'organization'; readonly record: OrganizationRecord }
  | { readonly about: 'deletedUser' | 'deletedOrganization' | 'endedSession'; readonly id: string }
  | { readonly about: 'nothing' }
);

/**
 * Reads a webhook.
 * @throws {GatehouseError} `BAD_REQUEST` when its signature is missing, wrong or older than five minutes, or it does not have
 * the shape of its event.
 */
export async function readWebhook(request: Request, signingSecret: string): Promise<ClerkEvent> {
  try {
    return toEvent(await verifyWebhook(request, { signingSecret }));
  } catch (error) {
    throw new GatehouseError('BAD_REQUEST', 'This is no webhook of Clerk.', {}, { cause: error });
  }
}

const ided = z.object({ id: z.string().min(1) });

function toEvent({ type, data }: { readonly type: string; readonly data: unknown }): ClerkEvent {
  switch (type) {
    case 'user.created':
    case 'user.updated':
      return { type, about: 'user', record: parseUser(camelCased(data)) };
    case 'user.deleted':
      return { type, about: 'deletedUser', id: ided.parse(data).id };
    case 'organization.created':
    case 'organization.updated':
      return { type, about: 'organization', record: parseOrganization(camelCased(data)) };
    case 'organization.deleted':
      return { type, about: 'deletedOrganization', id: ided.parse(data).id };
    case 'session.ended':
    case 'session.removed':
    case 'session.revoked':
      return { type, about: 'endedSession', id: ided.parse(data).id };
    default:
      return { type, about: 'nothing' };
  }
}

/** Webhooks have the names of Clerk's API; its SDK, and so the rest of this folder, has them in camel case. */
function camelCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCased);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
      camelCased(one),
    ]),
  );
}
