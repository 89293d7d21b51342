import styles from './skeleton.module.css';

/** A place that waits for its content: as large as `className` makes it, and silent. */
export function Skeleton({ className }: { readonly className?: string | undefined }) {
  return <span aria-hidden="true" className={`${styles.skeleton} ${className ?? styles.line}`} />;
}
