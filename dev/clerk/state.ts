import { z } from 'zod';

const milliseconds = z.int().nonnegative();
const metadata = z.record(z.string(), z.unknown());

const UserSchema = z.object({
  id: z.string(),
  email: z.string(),
  emailId: z.string(),
  username: z.string().nullable(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  imageUrl: z.string(),
  passwordHash: z.string().nullable(),
  publicMetadata: metadata,
  privateMetadata: metadata,
  unsafeMetadata: metadata,
  /** Slug of the plan the user pays for, which tokens carry as `u:<plan>`. */
  plan: z.string().nullable(),
  createdAt: milliseconds,
  updatedAt: milliseconds,
  lastSignInAt: milliseconds.nullable(),
});

const OrganizationSchema = z.object({
  id: z.string(),
  name: z.string(),
  slug: z.string(),
  imageUrl: z.string(),
  /** Features of its plan: a permission on any other feature does not reach a token. */
  features: z.array(z.string()),
  plan: z.string().nullable(),
  createdBy: z.string(),
  createdAt: milliseconds,
  updatedAt: milliseconds,
});

const MembershipSchema = z.object({
  id: z.string(),
  userId: z.string(),
  organizationId: z.string(),
  /** With its `org:` prefix. */
  role: z.string(),
  permissions: z.array(z.string()),
  createdAt: milliseconds,
  updatedAt: milliseconds,
});

/** States a session can be in; only an active or pending one has tokens. */
export const SessionStatusSchema = z.enum([
  'active',
  'pending',
  'ended',
  'removed',
  'revoked',
  'expired',
  'abandoned',
  'replaced',
]);

const SessionSchema = z.object({
  id: z.string(),
  clientId: z.string(),
  userId: z.string(),
  status: SessionStatusSchema,
  /** The organization that tokens of the session speak for. */
  organizationId: z.string().nullable(),
  /** Value of the `__refresh` cookie. */
  refreshToken: z.string(),
  createdAt: milliseconds,
  updatedAt: milliseconds,
  lastActiveAt: milliseconds,
  expireAt: milliseconds,
});

const SignInTokenSchema = z.object({
  id: z.string(),
  userId: z.string(),
  token: z.string(),
  status: z.enum(['pending', 'accepted', 'revoked']),
  expiresAt: milliseconds,
  createdAt: milliseconds,
  updatedAt: milliseconds,
});

/** A sign-in of which the password is still missing. */
const SignInAttemptSchema = z.object({ id: z.string(), userId: z.string() });

/** A sign-up whose email address is still to be verified. */
const SignUpAttemptSchema = z.object({
  id: z.string(),
  email: z.string().nullable(),
  passwordHash: z.string().nullable(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  unsafeMetadata: metadata,
  /** Whether a code has been sent, so to speak. */
  codeSent: z.boolean(),
});

/** A browser, or rather what its `__client` cookie stands for. */
const ClientSchema = z.object({
  id: z.string(),
  /** Value of the `__client` cookie. Whoever has it has the client's sessions. */
  token: z.string(),
  lastActiveSessionId: z.string().nullable(),
  signIn: SignInAttemptSchema.nullable(),
  signUp: SignUpAttemptSchema.nullable(),
  createdAt: milliseconds,
  /** When a session of it last began or ended, which `__client_uat` tells in seconds. */
  updatedAt: milliseconds,
});

const machineToken = {
  id: z.string(),
  /** What a caller presents. */
  secret: z.string(),
  subject: z.string(),
  scopes: z.array(z.string()),
  revocationReason: z.string().nullable(),
  expiresAt: milliseconds.nullable(),
  createdAt: milliseconds,
};

const MachineTokenSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('api_key'), ...machineToken, name: z.string(), claims: metadata.nullable() }),
  z.object({ kind: z.literal('m2m_token'), ...machineToken, claims: metadata.nullable() }),
  z.object({ kind: z.literal('oauth_token'), ...machineToken, clientId: z.string() }),
]);

/** Everything a local Clerk knows beside its keys. Newer entries come later in each list. */
export const StateSchema = z.object({
  users: z.array(UserSchema),
  organizations: z.array(OrganizationSchema),
  memberships: z.array(MembershipSchema),
  clients: z.array(ClientSchema),
  sessions: z.array(SessionSchema),
  signInTokens: z.array(SignInTokenSchema),
  machineTokens: z.array(MachineTokenSchema),
});

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

export type State = DeepReadonly<z.infer<typeof StateSchema>>;
export type User = State['users'][number];
export type Organization = State['organizations'][number];
export type Membership = State['memberships'][number];
export type Client = State['clients'][number];
export type SignUpAttempt = NonNullable<Client['signUp']>;
export type Session = State['sessions'][number];
export type SignInToken = State['signInTokens'][number];
export type MachineToken = State['machineTokens'][number];
