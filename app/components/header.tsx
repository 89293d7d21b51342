import Link from 'next/link';
import { Account } from './account';
import styles from './header.module.css';
import { Mark } from './mark';
import { type NavLink, NavLinks } from './nav-links';

/** @param graphiql whether its page is there. */
export function Header({ graphiql }: { readonly graphiql: boolean }) {
  const links: NavLink[] = [
    { href: '/profile', label: 'Profile' },
    { href: '/tasks', label: 'Tasks' },
    ...(graphiql ? [{ href: '/graphiql', label: 'GraphiQL' }] : []),
  ];
  return (
    <header className={styles.header}>
      <div className={styles.inner}>
        <Link href="/" className={styles.brand}>
          <Mark className={styles.mark} />
          Gatehouse
        </Link>
        <NavLinks links={links} />
        <Account />
      </div>
    </header>
  );
}
