'use client';

import { OrganizationSwitcher, Show, UserButton } from '@clerk/nextjs';
import Link from 'next/link';
import { SIGN_IN_PATH } from '../paths';
import styles from './header.module.css';
import { Skeleton } from './skeleton';

/** Who is signed in, and for which organization. Every part has its place before Clerk has loaded. */
export function Account() {
  return (
    <div className={styles.account}>
      <Show when="signed-in">
        <div className={styles.organization}>
          <OrganizationSwitcher fallback={<Skeleton className={styles.organizationSkeleton} />} />
        </div>
        <div className={styles.user}>
          <UserButton fallback={<Skeleton className={styles.userSkeleton} />} />
        </div>
      </Show>
      <Show when="signed-out">
        <Link href={SIGN_IN_PATH} className="button small">
          Sign in
        </Link>
      </Show>
    </div>
  );
}
