import { ClerkProvider } from '@clerk/nextjs';
import type { Metadata, Viewport } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { processConfig } from '../gateway';
import { CLERK_APPEARANCE, CLERK_TEXTS } from './components/clerk-appearance';
import { Footer } from './components/footer';
import { Header } from './components/header';
import { SkipLink } from './components/skip-link';
import { SIGN_IN_PATH, SIGN_UP_PATH } from './paths';
import './globals.css';

export const metadata: Metadata = {
  title: 'Gatehouse',
  description: 'A GraphQL gateway for applications whose users sign in with Clerk.',
};

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#151d1a' },
  ],
};

// Who is signed in is on every page: none of them can be made at build time.
export const dynamic = 'force-dynamic';

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  // The environment is there when a page is asked for, and need not be at build time.
  await connection();
  const { graphiql } = processConfig();
  return (
    <html lang="en">
      <body>
        <ClerkProvider
          signInUrl={SIGN_IN_PATH}
          signUpUrl={SIGN_UP_PATH}
          appearance={CLERK_APPEARANCE}
          localization={CLERK_TEXTS}
          // The policy lets nothing out to it.
          telemetry={false}
          dynamic
        >
          <SkipLink />
          <Header graphiql={graphiql} />
          <div id="content" tabIndex={-1}>
            {children}
          </div>
          <Footer />
        </ClerkProvider>
      </body>
    </html>
  );
}
