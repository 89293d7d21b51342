'use client';

import { type ReactNode, useState } from 'react';
import { Provider } from 'urql';
import type { GetToken } from '../clients/fresh-token';
import { createUrqlClient } from '../clients/urql';
import { PerSession } from './per-session';

interface Props {
  /** Stands there until it is known who is signed in. */
  readonly loading: ReactNode;
  readonly children: ReactNode;
}

/** A urql client for the signed-in user and the active organization. */
export function UrqlProvider({ loading, children }: Props) {
  return (
    <PerSession loading={loading}>
      {(getToken) => <ClientProvider getToken={getToken}>{children}</ClientProvider>}
    </PerSession>
  );
}

function ClientProvider({
  getToken,
  children,
}: {
  readonly getToken: GetToken;
  readonly children: ReactNode;
}) {
  const [client] = useState(() => createUrqlClient(getToken, { trustedDocuments: true }));
  return <Provider value={client}>{children}</Provider>;
}
