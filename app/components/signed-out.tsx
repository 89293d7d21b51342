'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { SIGN_IN_PATH } from '../paths';
import { Message } from './message';

/** In place of a page whose user signed out while looking at it. */
export function SignedOut() {
  const path = usePathname();
  return (
    <Message title="You are signed out">
      <p>This page shows what belongs to a user. Sign in to see yours.</p>
      <p>
        <Link className="button primary" href={{ pathname: SIGN_IN_PATH, query: { redirect_url: path } }}>
          Sign in
        </Link>
      </p>
    </Message>
  );
}
