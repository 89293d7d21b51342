import { z } from 'zod';
import type { MembershipRecord, OrganizationRecord, UserRecord } from '../ports';

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

const organization = z.object({ id: z.string().min(1), slug: text, name: z.string() });

const memberships = z.object({
  data: z.array(z.object({ organization, role: z.string(), permissions: z.array(z.string()) })),
  totalCount: z.number().int().min(0),
});

/** @throws {z.ZodError} when what the SDK gave is not a user: an HTML page behind a status 200, for one. */
export function parseUser(value: unknown): UserRecord {
  return user.parse(value);
}

/** @throws {z.ZodError} when what the SDK gave is not an organization. */
export function parseOrganization(value: unknown): OrganizationRecord {
  return organization.parse(value);
}

/** @throws {z.ZodError} when what the SDK gave is not a page of memberships. */
export function parseMemberships(value: unknown): { items: MembershipRecord[]; totalCount: number } {
  const { data, totalCount } = memberships.parse(value);
  return { items: data, totalCount };
}

/** @throws {z.ZodError} when what the SDK gave is not a token. */
export function parseToken(value: unknown): string {
  return z.object({ jwt: z.string().min(1) }).parse(value).jwt;
}
