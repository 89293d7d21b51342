'use client';

import dynamic from 'next/dynamic';

/** Loaded in the browser and on this page only: the editor is large, and needs a window. */
export const Explorer = dynamic(() => import('./graphiql'), {
  ssr: false,
  loading: () => (
    <main className="graphiql-page">
      <p role="status">Loading GraphiQL …</p>
    </main>
  ),
});
