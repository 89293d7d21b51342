'use client';

import { useAuth } from '@clerk/nextjs';
import { Fragment, type ReactNode } from 'react';
import type { GetToken } from '../clients/fresh-token';
import { SignedOut } from './signed-out';
import { useHydrated } from './use-hydrated';

/**
 * Makes its children anew for each signed-in user and each active organization, so that nothing of one is shown to the
 * other. They are made in the browser only, where tokens are.
 */
export function PerSession({
  loading,
  children,
}: {
  readonly loading: ReactNode;
  readonly children: (getToken: GetToken) => ReactNode;
}) {
  const hydrated = useHydrated();
  const { isLoaded, userId, orgId, getToken } = useAuth();
  if (!hydrated || !isLoaded) return loading;
  if (!userId) return <SignedOut />;
  return <Fragment key={`${userId}:${orgId ?? ''}`}>{children(getToken)}</Fragment>;
}
