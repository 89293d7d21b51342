import type { ReactNode } from 'react';
import styles from './ledger.module.css';

/** A list of terms with what they stand for, ruled like a ledger. */
export function Ledger({ children }: { readonly children: ReactNode }) {
  return <dl className={styles.ledger}>{children}</dl>;
}

/** A line of a {@link Ledger}. `field` is where the value is found in the schema. */
export function Entry({
  term,
  field,
  children,
}: {
  readonly term: string;
  readonly field?: string;
  readonly children: ReactNode;
}) {
  return (
    <div className={styles.entry}>
      <dt className={styles.term}>
        {term}
        {field !== undefined && <code className={styles.field}>{field}</code>}
      </dt>
      <dd className={styles.value}>{children}</dd>
    </div>
  );
}
