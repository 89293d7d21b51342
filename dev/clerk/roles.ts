/** Permissions that each role of the seed has. `org:sys_…` are Clerk's own and never reach a session token. */
export const ROLE_PERMISSIONS = {
  'org:admin': [
    'org:invoices:read',
    'org:invoices:create',
    'org:invoices:delete',
    'org:members:read',
    'org:members:manage',
    'org:sys_memberships:read',
    'org:sys_memberships:manage',
    'org:sys_profile:manage',
  ],
  'org:member': ['org:invoices:read', 'org:members:read', 'org:sys_memberships:read'],
} as const satisfies Record<string, readonly string[]>;

/** Key of a role of the seed. */
export type RoleKey = keyof typeof ROLE_PERMISSIONS;
