import styles from './skip-link.module.css';

/** Takes the keyboard past the header. Seen while it has the focus. */
export function SkipLink() {
  return (
    <a href="#content" className={styles.skip}>
      Skip to content
    </a>
  );
}
