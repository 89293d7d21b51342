import Link from 'next/link';
import type { ReactNode } from 'react';
import styles from './landing.module.css';

/** @param graphiql whether its page is there. */
export function WhereNext({ graphiql }: { readonly graphiql: boolean }) {
  return (
    <section aria-labelledby="where-next">
      <h2 id="where-next">Where to go next</h2>
      <ul className={styles.cards}>
        {graphiql && (
          <Card title={<Link href="/graphiql">Explore in GraphiQL</Link>}>
            The schema with what every field means and who may ask for it, and a place to try operations as
            yourself.
          </Card>
        )}
        <Card title={<Link href="/profile">Profile, with urql</Link>}>
          Who the gateway takes you for, and a form that changes your name at Clerk before the answer is back.
        </Card>
        <Card title={<Link href="/tasks">Tasks, with Apollo Client</Link>}>
          Your rows in Supabase, page by page, under the rules that the database applies to your token.
        </Card>
        <Card title="Errors">
          Every failure has a code from a closed set. What each means and what to do is in{' '}
          <code>docs/errors.md</code>.
        </Card>
      </ul>
    </section>
  );
}

function Card({ title, children }: { readonly title: ReactNode; readonly children: ReactNode }) {
  return (
    <li className={styles.card}>
      <h3>{title}</h3>
      <p>{children}</p>
    </li>
  );
}
