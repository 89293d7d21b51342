import { ENDPOINT } from '../../gateway';
import styles from './footer.module.css';

export function Footer() {
  return (
    <footer className={styles.footer}>
      <p className={styles.inner}>
        <span>Gatehouse, a GraphQL gateway for applications whose users sign in with Clerk.</span>
        <code>{ENDPOINT}</code>
      </p>
    </footer>
  );
}
