import type { JWTHeaderParameters, JWTPayload } from 'jose';
import { ISSUER } from '../instance';
import { findMembership, findOrganization } from '../queries';
import type { Session, State, User } from '../state';
import { organizationClaims } from './organization-claims';
import { type TokenOptions, timeClaims } from './token-options';

/** What a session token (version 2) is made of. */
export interface SessionTokenSource extends TokenOptions {
  readonly state: State;
  readonly user: User;
  readonly session: Session;
  /** Origin of the application. */
  readonly azp: string;
  /** Usual life in seconds. */
  readonly lifetime: number;
}

/** Header and claims of a session token as Clerk's Frontend API hands them out. */
export function sessionToken(source: SessionTokenSource): {
  header: Partial<JWTHeaderParameters>;
  claims: JWTPayload;
} {
  const { session, user, actor, pending = false } = source;
  const { iat, exp, nbf } = timeClaims(source.lifetime, source.ttl);
  const minutesSinceSignIn = Math.max(0, Math.floor((iat - session.createdAt / 1000) / 60));
  return {
    header: { cat: 'cl_B7d4PD111AAA', oiat: iat },
    claims: {
      azp: source.azp,
      exp,
      fva: [minutesSinceSignIn, -1],
      iat,
      iss: ISSUER,
      nbf,
      sid: session.id,
      sts: pending || session.status === 'pending' ? 'pending' : 'active',
      sub: user.id,
      v: 2,
      ...entitlements(source),
      ...(actor === undefined ? {} : { act: actor }),
      ...source.claims,
    },
  };
}

/** `fea`, `pla` and `o`. */
function entitlements({ state, user, organizationId }: SessionTokenSource): JWTPayload {
  const userPlan = user.plan === null ? [] : [`u:${user.plan}`];
  const organization = organizationId === null ? undefined : findOrganization(state, organizationId);
  const membership =
    organization && findMembership(state, { userId: user.id, organizationId: organization.id });
  if (organization === undefined || membership === undefined) return joined({ pla: userPlan });
  const { fea, pla, o } = organizationClaims(organization, membership);
  return { ...joined({ fea, pla: [...userPlan, ...pla] }), o };
}

/** Lists as comma-separated claims; an empty list is no claim. */
function joined(lists: Record<string, readonly string[]>): JWTPayload {
  return Object.fromEntries(
    Object.entries(lists).flatMap(([claim, list]) => (list.length === 0 ? [] : [[claim, list.join(',')]])),
  );
}
