'use client';

import { ApolloProvider as Provider } from '@apollo/client/react';
import { type ReactNode, useState } from 'react';
import { createApolloClient } from '../clients/apollo';
import type { GetToken } from '../clients/fresh-token';
import { PerSession } from './per-session';

interface Props {
  /** Stands there until it is known who is signed in. */
  readonly loading: ReactNode;
  readonly children: ReactNode;
}

/** An Apollo Client for the signed-in user and the active organization. */
export function ApolloProvider({ loading, children }: Props) {
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
  const [client] = useState(() => createApolloClient(getToken, { trustedDocuments: true }));
  return <Provider client={client}>{children}</Provider>;
}
