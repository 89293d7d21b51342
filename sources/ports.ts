/**
 * What resolvers and the schema see of the outside world. Everything here is plain data and functions:
 * no SDK type, no token, no HTTP.
 */

/** A signed-in user, as the verified session token states it. Reading it costs no network call. */
export interface UserAuth {
  readonly kind: 'user';
  /** Clerk user id, `user_…`. */
  readonly userId: string;
  /** Clerk session id, `sess_…`. */
  readonly sessionId: string;
  /** When the token stops being accepted. */
  readonly tokenExpiresAt: Date;
  /** The organization that is active in the session. */
  readonly organization: ActiveOrganization | null;
  /** Id of the person who impersonates the user, if anybody does. */
  readonly actorId: string | null;
  /** When the user's record last changed, where the instance adds that to its tokens. */
  readonly userUpdatedAt: Date | null;
  /** Whether the session has one thing, as its token says and Clerk's own rules judge it. */
  has(entitlement: Entitlement): boolean;
}

/**
 * One thing that a session may have, in Clerk's terms. Ask for one at a time: of several in one call Clerk's SDK once
 * checked only some (CVE-2026-42349).
 */
export type Entitlement =
  /** Role in the active organization: `org:admin`. */
  | { readonly role: string }
  /** Permission in the active organization: `org:invoices:create`. */
  | { readonly permission: string }
  /** Feature of the user (`user:export`) or of the active organization (`org:reports`). */
  | { readonly feature: string }
  /** Plan of the user (`user:pro`) or of the active organization (`org:team`). */
  | { readonly plan: string }
  | { readonly reverification: Reverification };

/** With which factor, and how lately, users must have confirmed who they are. */
export interface Reverification {
  readonly level: 'first_factor' | 'second_factor' | 'multi_factor';
  /** Minutes since the confirmation. */
  readonly afterMinutes: number;
}

/** A session that is signed in but has tasks left, such as choosing an organization. It may do nothing yet. */
export interface PendingAuth {
  readonly kind: 'pending';
  /** Clerk's keys of the open tasks, such as `choose-organization`. */
  readonly tasks: readonly string[];
}

/** Nobody is signed in: no token was sent. A token that was sent and refused never becomes this. */
export interface AnonymousAuth {
  readonly kind: 'anonymous';
}

/** A program that holds an API key, which a user or an organization made for it. */
export interface ApiKeyAuth {
  readonly kind: 'apiKey';
  /** Id of the key, not the key itself. */
  readonly id: string;
  readonly name: string;
  /** On whose behalf: the id of a user (`user_…`) or of an organization (`org_…`). */
  readonly subject: string;
  readonly scopes: readonly string[];
  /** Null where the key does not expire. */
  readonly tokenExpiresAt: Date | null;
}

/** A machine of the same Clerk instance, with an M2M token. */
export interface MachineAuth {
  readonly kind: 'machine';
  /** Clerk machine id, `mch_…`. */
  readonly machineId: string;
  readonly scopes: readonly string[];
  readonly tokenExpiresAt: Date | null;
}

/** An application that a user let act for them, with an OAuth access token. It is no session of theirs. */
export interface OAuthAuth {
  readonly kind: 'oauth';
  /** The application. */
  readonly clientId: string;
  /** Who let it, `user_…`. */
  readonly userId: string;
  readonly scopes: readonly string[];
  readonly tokenExpiresAt: Date | null;
  /** Id of whoever acts for the user in turn (RFC 8693), if anybody does. */
  readonly actorId: string | null;
}

/** A caller whose token is no session's. */
export type MachineTokenAuth = ApiKeyAuth | MachineAuth | OAuthAuth;

/** A caller with a valid token of any kind. */
export type AuthenticatedAuth = UserAuth | MachineTokenAuth;

export type Auth = AnonymousAuth | PendingAuth | AuthenticatedAuth;

export interface ActiveOrganization {
  readonly id: string;
  readonly slug: string | null;
  /** With Clerk's prefix: `org:admin`. */
  readonly role: string;
  /** With Clerk's prefix: `org:invoices:create`. Clerk leaves system permissions (`org:sys_…`) out of tokens. */
  readonly permissions: readonly string[];
}

/** A user as Clerk's Backend API knows it. */
export interface UserRecord {
  readonly id: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly username: string | null;
  readonly primaryEmailAddress: string | null;
  readonly imageUrl: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly lastSignInAt: Date | null;
}

export interface OrganizationRecord {
  readonly id: string;
  readonly slug: string | null;
  readonly name: string;
  readonly updatedAt: Date;
}

/** How much of its plan an organization uses. */
export interface OrganizationUsage {
  readonly members: number;
  /** Null where the number of members is not limited. */
  readonly memberLimit: number | null;
}

export interface MembershipRecord {
  readonly organization: OrganizationRecord;
  readonly role: string;
  readonly permissions: readonly string[];
}

/** A member of an organization, as other members see them. */
export interface MemberRecord {
  readonly userId: string;
  readonly role: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  /** What the member signs in with, an email address as a rule. */
  readonly identifier: string | null;
  readonly imageUrl: string | null;
  readonly joinedAt: Date;
}

/** A session of a user: a browser or an app in which they are signed in. */
export interface SessionRecord {
  readonly id: string;
  readonly userId: string;
  /** Clerk's: `active`, `revoked`, `ended`, … */
  readonly status: string;
  readonly createdAt: Date;
  readonly lastActiveAt: Date;
  readonly expiresAt: Date;
  /** Null where Clerk has not seen any activity. */
  readonly device: DeviceRecord | null;
}

/** What a session was last used from, as far as Clerk can tell. */
export interface DeviceRecord {
  readonly browserName: string | null;
  readonly deviceType: string | null;
  readonly isMobile: boolean;
  readonly city: string | null;
  readonly country: string | null;
}

/** A part of a list. `offset` and `limit` count items. */
export interface OffsetPage {
  readonly offset: number;
  readonly limit: number;
}

export interface OffsetResult<T> {
  readonly items: readonly T[];
  readonly totalCount: number;
}

/** A name is left alone where its key is missing, and cleared where it is null. */
export interface NameChanges {
  readonly firstName?: string | null;
  readonly lastName?: string | null;
}

/**
 * Clerk's users and organizations for one request: each record is fetched once at most, and those that were fetched for
 * other requests lately not at all.
 * Every method rejects with a `GatehouseError`: `RATE_LIMITED`, `UPSTREAM_UNAVAILABLE`, `UPSTREAM_TIMEOUT` or
 * `NOT_FOUND`.
 */
export interface Directory {
  user(id: string): Promise<UserRecord>;
  /** Writes the changes; the answer is what {@link Directory.user} gives from then on. */
  updateUser(id: string, changes: NameChanges): Promise<UserRecord>;
  organization(id: string): Promise<OrganizationRecord>;
  /** How much of its plan the organization uses. */
  organizationUsage(id: string): Promise<OrganizationUsage>;
  /** A page of the user's memberships, in Clerk's order. `offset` and `limit` count memberships. */
  memberships(userId: string, page: OffsetPage): Promise<OffsetResult<MembershipRecord>>;
  /** A page of the organization's members, in Clerk's order. */
  members(organizationId: string, page: OffsetPage): Promise<OffsetResult<MemberRecord>>;
  /** The user's active sessions, the latest first: a hundred at most. */
  activeSessions(userId: string): Promise<readonly SessionRecord[]>;
  session(id: string): Promise<SessionRecord>;
  /** Ends the session: it gets no more tokens, while those it has live out their seconds. */
  revokeSession(id: string): Promise<SessionRecord>;
}

/** A value of a column. Timestamps stay the text the source sent, so that no digit of them is lost. */
export type ColumnValue = string | number | boolean | null;

export type ColumnType = 'ID' | 'UUID' | 'String' | 'Int' | 'Float' | 'Boolean' | 'DateTime';

/** A column of a source: its name there and its type. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
}

export type ComparisonOperator = 'eq' | 'gt' | 'gte' | 'lt' | 'lte' | 'in';

/** `column operator value`; `in` takes a list. */
export interface Comparison {
  readonly column: Column;
  readonly operator: ComparisonOperator;
  readonly value: ColumnValue | readonly ColumnValue[];
}

export type OrderDirection = 'ASC' | 'DESC';

/** Rows ordered by `column`, and by `tiebreaker` (unique) among equal values, both in `direction`. */
export interface RowOrder {
  readonly column: Column;
  readonly tiebreaker: Column;
  readonly direction: OrderDirection;
}

/** The place in an order right after which a page starts. */
export interface RowPosition {
  readonly value: ColumnValue;
  readonly tiebreaker: ColumnValue;
}

/** What to read from a table, in no source's language. */
export interface RowsQuery {
  readonly table: string;
  readonly where: readonly Comparison[];
  readonly order: RowOrder;
  readonly after: RowPosition | null;
  /** Rows wanted at most. */
  readonly limit: number;
}

/** The parts of the answer that somebody asked for. */
export interface RowsSelection {
  /** Empty: no rows are wanted. */
  readonly columns: readonly Column[];
  readonly totalCount: boolean;
}

/** A row by column name. Only the columns that were asked for are there. */
export type Row = Readonly<Record<string, ColumnValue>>;

export interface RowsPage {
  /** In the query's order. */
  readonly rows: readonly Row[];
  /** How many rows `where` lets through, wherever the page starts or ends; null where it was not asked for. */
  readonly totalCount: number | null;
}

/**
 * The rows that the caller may read, fetched with the caller's own token, for one request. The same query is
 * sent once however often it is asked, with the columns of all who asked at that moment.
 */
export interface ExternalRows {
  /**
   * @throws {GatehouseError} `RATE_LIMITED`, `FORBIDDEN`, `TOKEN_EXPIRED`, `UPSTREAM_UNAVAILABLE` or `UPSTREAM_TIMEOUT`, and
   * `BAD_USER_INPUT` where the source cannot be asked for so much.
   */
  read(query: RowsQuery, selection: RowsSelection): Promise<RowsPage>;
}

/** What language a source speaks. */
export type SourceKind = 'SUPABASE' | 'HTTP' | 'GRAPHQL';

/** The sources that the environment can configure. A resource names the one that its rows come from. */
export type ExternalSourceName = 'supabase' | 'http' | 'graphql';

/** A source of rows, for one request. */
export interface ExternalSource extends ExternalRows {
  readonly name: ExternalSourceName;
  readonly kind: SourceKind;
  /**
   * Reads as `read` does, to see whether the source answers: it gives up two seconds after the first probe of the
   * request, however long the request itself may take.
   */
  readonly probe: ExternalRows['read'];
}

/** The sources that are configured, for one request. */
export interface ExternalSources {
  readonly all: readonly ExternalSource[];
  /** @throws {Error} where the source is not configured, which a gateway rules out when it is made. */
  named(name: ExternalSourceName): ExternalSource;
}
