import { z } from 'zod';
import type {
  MemberRecord,
  MembershipRecord,
  OffsetResult,
  OrganizationRecord,
  OrganizationUsage,
  SessionRecord,
  UserRecord,
} from '../ports';

// Clerk answers a cleared name with null or with an empty text, depending on how it was cleared.
const text = z
  .string()
  .nullish()
  .transform((value) => value || null);

/** Clerk's times are milliseconds since 1970. */
const time = z.number().transform((value) => new Date(value));

const user = z
  .object({
    id: z.string().min(1),
    firstName: text,
    lastName: text,
    username: text,
    imageUrl: text,
    createdAt: time,
    updatedAt: time,
    lastSignInAt: time.nullish().transform((value) => value ?? null),
    primaryEmailAddressId: text,
    emailAddresses: z.array(z.object({ id: z.string(), emailAddress: z.string() })),
  })
  .transform(
    ({ primaryEmailAddressId, emailAddresses, ...rest }): UserRecord => ({
      ...rest,
      primaryEmailAddress:
        emailAddresses.find(({ id }) => id === primaryEmailAddressId)?.emailAddress ?? null,
    }),
  );

const organization = z.object({ id: z.string().min(1), slug: text, name: z.string(), updatedAt: time });

const organizationUsage = z
  .object({ membersCount: z.number().int().min(0), maxAllowedMemberships: z.number().int().min(0) })
  .transform(
    ({ membersCount, maxAllowedMemberships }): OrganizationUsage => ({
      members: membersCount,
      // Clerk writes "as many as you like" as 0.
      memberLimit: maxAllowedMemberships === 0 ? null : maxAllowedMemberships,
    }),
  );

const listOf = <T>(item: z.ZodType<T>) =>
  z
    .object({ data: z.array(item), totalCount: z.number().int().min(0) })
    .transform(({ data, totalCount }): OffsetResult<T> => ({ items: data, totalCount }));

const memberships = listOf(z.object({ organization, role: z.string(), permissions: z.array(z.string()) }));

const members = listOf(
  z
    .object({
      role: z.string(),
      createdAt: time,
      publicUserData: z.object({
        userId: z.string().min(1),
        identifier: text,
        firstName: text,
        lastName: text,
        imageUrl: text,
      }),
    })
    .transform(
      ({ role, createdAt, publicUserData }): MemberRecord => ({
        role,
        joinedAt: createdAt,
        ...publicUserData,
      }),
    ),
);

const device = z
  .object({ browserName: text, deviceType: text, isMobile: z.boolean(), city: text, country: text })
  .nullish()
  .transform((value) => value ?? null);

const session = z
  .object({
    id: z.string().min(1),
    userId: z.string().min(1),
    status: z.string(),
    createdAt: time,
    lastActiveAt: time,
    expireAt: time,
    latestActivity: device,
  })
  .transform(
    ({ expireAt, latestActivity, ...rest }): SessionRecord => ({
      ...rest,
      expiresAt: expireAt,
      device: latestActivity,
    }),
  );

const sessions = listOf(session);

/** @throws {z.ZodError} when what the SDK gave is not a user: an HTML page behind a status 200, for one. */
export function parseUser(value: unknown): UserRecord {
  return user.parse(value);
}

/** @throws {z.ZodError} when what the SDK gave is not an organization with its number of members. */
export function parseOrganizationUsage(value: unknown): OrganizationUsage {
  return organizationUsage.parse(value);
}

/** @throws {z.ZodError} when what the SDK gave is not an organization. */
export function parseOrganization(value: unknown): OrganizationRecord {
  return organization.parse(value);
}

/** @throws {z.ZodError} when what the SDK gave is not a page of memberships. */
export function parseMemberships(value: unknown): OffsetResult<MembershipRecord> {
  return memberships.parse(value);
}

/** @throws {z.ZodError} when what the SDK gave is not a page of members. */
export function parseMembers(value: unknown): OffsetResult<MemberRecord> {
  return members.parse(value);
}

/** @throws {z.ZodError} when what the SDK gave is not a session. */
export function parseSession(value: unknown): SessionRecord {
  return session.parse(value);
}

/** @throws {z.ZodError} when what the SDK gave is not a page of sessions. */
export function parseSessions(value: unknown): OffsetResult<SessionRecord> {
  return sessions.parse(value);
}

/** @throws {z.ZodError} when what the SDK gave is not a token. */
export function parseToken(value: unknown): string {
  return z.object({ jwt: z.string().min(1) }).parse(value).jwt;
}
