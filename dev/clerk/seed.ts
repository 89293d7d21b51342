import { initialsAvatar } from './avatars';
import { hashPassword } from './passwords';
import { ROLE_PERMISSIONS, type RoleKey } from './roles';
import { seedMachineTokens } from './seed-machine-tokens';
import type { Membership, Organization, State, User } from './state';

/** A user of the seed, with what it takes to sign in. */
export interface SeedUser {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  /** Slug of the organization the user belongs to. */
  readonly organization: string | null;
}

const SEEDED_AT = Date.UTC(2026, 0, 12, 9);
const MINUTE = 60_000;
const ACME_ID = 'org_2acme0000000000000000000000';

const ADA: SeedUser = {
  id: 'user_2ada00000000000000000000000',
  email: 'ada@example.com',
  password: 'Analytical-Engine-1843',
  username: 'ada',
  firstName: 'Ada',
  lastName: 'Lovelace',
  organization: 'acme',
};

const GRACE: SeedUser = {
  id: 'user_2grace000000000000000000000',
  email: 'grace@example.com',
  password: 'Nanosecond-Wire-30cm',
  username: 'grace',
  firstName: 'Grace',
  lastName: 'Hopper',
  organization: 'acme',
};

const ALAN: SeedUser = {
  id: 'user_2alan0000000000000000000000',
  email: 'alan@example.com',
  password: 'Imitation-Game-1950',
  username: 'alan',
  firstName: 'Alan',
  lastName: 'Turing',
  organization: null,
};

/** The users every local Clerk starts with: Ada is admin of Acme, Grace a member, Alan belongs to nothing. */
export const SEED_USERS: readonly SeedUser[] = [ADA, GRACE, ALAN];

const ACME: Organization = {
  id: ACME_ID,
  name: 'Acme',
  slug: 'acme',
  imageUrl: initialsAvatar('Acme'),
  features: ['invoices', 'members', 'reports'],
  plan: 'team',
  createdBy: ADA.id,
  createdAt: SEEDED_AT,
  updatedAt: SEEDED_AT,
};

/** The state of a local Clerk that nobody has used. */
export function seedState(): State {
  return {
    users: SEED_USERS.map(seedUser),
    organizations: [ACME],
    memberships: [
      seedMembership('orgmem_2adaacme0000000000000000000', ADA, 'org:admin'),
      seedMembership('orgmem_2graceacme00000000000000000', GRACE, 'org:member'),
    ],
    clients: [],
    sessions: [],
    signInTokens: [],
    machineTokens: seedMachineTokens(ADA.id),
  };
}

function seedUser({ id, email, password, username, firstName, lastName }: SeedUser, index: number): User {
  // A minute apart, so that "newest first" has one answer.
  const createdAt = SEEDED_AT + index * MINUTE;
  return {
    id,
    email,
    emailId: id.replace('user_', 'idn_'),
    username,
    firstName,
    lastName,
    imageUrl: initialsAvatar(`${firstName} ${lastName}`),
    passwordHash: hashPassword(password),
    publicMetadata: {},
    privateMetadata: {},
    unsafeMetadata: {},
    plan: 'free',
    createdAt,
    updatedAt: createdAt,
    lastSignInAt: createdAt + MINUTE,
  };
}

function seedMembership(id: string, user: SeedUser, role: RoleKey): Membership {
  return {
    id,
    userId: user.id,
    organizationId: ACME_ID,
    role,
    permissions: ROLE_PERMISSIONS[role],
    createdAt: SEEDED_AT,
    updatedAt: SEEDED_AT,
  };
}
