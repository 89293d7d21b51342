'use client';

import 'graphiql/setup-workers/webpack';
import 'graphiql/style.css';
import './graphiql.css';
import { useAuth } from '@clerk/nextjs';
import { GraphiQL } from 'graphiql';
import { useEffect, useMemo, useRef } from 'react';
import { createFetcher } from './fetcher';
import { mendTabs } from './mend-tabs';
import { SAMPLES } from './samples';

/** GraphiQL, acting as whoever is signed in: each run fetches its own token, and none is kept. */
export default function Explore() {
  const { getToken } = useAuth();
  const fetcher = useMemo(() => createFetcher(getToken), [getToken]);
  const page = useRef<HTMLElement>(null);
  useEffect(() => (page.current === null ? undefined : mendTabs(page.current)), []);
  return (
    <main className="graphiql-page" ref={page}>
      <h1 className="visually-hidden">GraphiQL</h1>
      <GraphiQL
        fetcher={fetcher}
        defaultTabs={[...SAMPLES]}
        // What is typed there may be a token, and storage outlives the session.
        shouldPersistHeaders={false}
        showPersistHeadersSettings={false}
        defaultEditorToolsVisibility="variables"
        maxHistoryLength={50}
      >
        {/* The header above says where this is. */}
        <GraphiQL.Logo> </GraphiQL.Logo>
      </GraphiQL>
    </main>
  );
}
