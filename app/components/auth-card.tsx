import type { ReactNode } from 'react';
import styles from './auth-card.module.css';

/** A page around one of Clerk's cards, which brings a heading of its own to look at. */
export function AuthCard({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <main className={styles.main}>
      <h1 className="visually-hidden">{title}</h1>
      {children}
    </main>
  );
}
