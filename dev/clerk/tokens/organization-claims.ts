import type { Membership, Organization } from '../state';

/** What a version 2 session token says of the active organization. */
export interface OrganizationClaims {
  /** Its features, `o:<feature>` each. */
  readonly fea: readonly string[];
  /** Its plan, `o:<plan>`. */
  readonly pla: readonly string[];
  readonly o: {
    readonly id: string;
    readonly slg: string;
    readonly rol: string;
    readonly per?: string;
    readonly fpm?: string;
  };
}

/**
 * Packs permissions as Clerk does: `per` lists the names once, and `fpm` holds a decimal bitmask per feature
 * in the order of `fea`, whose bit i stands for `org:<feature>:<per[i]>`.
 */
export function organizationClaims(organization: Organization, membership: Membership): OrganizationClaims {
  const { features, plan } = organization;
  const granted = membership.permissions
    .map((permission) => permission.split(':'))
    .flatMap(([, feature = '', name = '']) => (features.includes(feature) ? [{ feature, name }] : []));
  const names = [...new Set(granted.map(({ name }) => name))];
  const masks = features.map((feature) =>
    granted
      .filter((permission) => permission.feature === feature)
      // A number would lose bits beyond the 53rd permission.
      .reduce((mask, { name }) => mask | (1n << BigInt(names.indexOf(name))), 0n),
  );
  return {
    fea: features.map((feature) => `o:${feature}`),
    pla: plan === null ? [] : [`o:${plan}`],
    o: {
      id: organization.id,
      slg: organization.slug,
      rol: membership.role.replace(/^org:/, ''),
      ...(names.length === 0 ? {} : { per: names.join(','), fpm: masks.join(',') }),
    },
  };
}
