'use client';

import { useUser } from '@clerk/nextjs';
import { Skeleton } from '../skeleton';
import styles from './landing.module.css';

/** The name of the signed-in user, from the browser's copy: it costs no call to Clerk's Backend API. */
export function UserName() {
  const { user } = useUser();
  return (
    <span className={styles.name}>
      {user ? (user.fullName ?? user.username ?? user.primaryEmailAddress?.emailAddress) : <Skeleton />}
    </span>
  );
}
