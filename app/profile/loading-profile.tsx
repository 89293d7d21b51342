import { Entry, Ledger } from '../components/ledger';
import { Skeleton } from '../components/skeleton';
import { Heading } from './heading';
import styles from './profile.module.css';

// What everybody has: an organization adds its own.
const LINES = [
  ['User id', 'id'],
  ['Full name', 'fullName'],
  ['Given name', 'firstName'],
  ['Family name', 'lastName'],
  ['Email', 'primaryEmailAddress'],
  ['Signed up', 'createdAt'],
  ['Organization', 'organization.name'],
  ['Session', 'sessionId'],
  ['Token expiry', 'tokenExpiresAt'],
] as const;

/** The shape of the page before its content is there. */
export function LoadingProfile() {
  return (
    <>
      <Heading />
      <p role="status" className="visually-hidden">
        Loading your profile
      </p>
      <div className={styles.columns}>
        <div className="panel">
          <div className="panel-head">
            <h2>Viewer</h2>
          </div>
          <Ledger>
            {LINES.map(([term, field]) => (
              <Entry key={field} term={term} field={field}>
                <Skeleton />
              </Entry>
            ))}
          </Ledger>
        </div>
        <div className="panel">
          <div className="panel-head">
            <h2>Change your name</h2>
          </div>
          <div className={styles.form}>
            <Skeleton className={styles.inputSkeleton} />
            <Skeleton className={styles.inputSkeleton} />
            <Skeleton className={styles.buttonSkeleton} />
          </div>
        </div>
      </div>
    </>
  );
}
