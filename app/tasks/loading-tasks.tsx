import { Skeleton } from '../components/skeleton';
import { Heading } from './heading';
import styles from './tasks.module.css';

/** The shape of the page before its content is there. */
export function LoadingTasks() {
  return (
    <>
      <Heading />
      <p role="status" className="visually-hidden">
        Loading your tasks
      </p>
      <div className={styles.controls}>
        <Skeleton className={styles.controlSkeleton} />
      </div>
      <LoadingList />
    </>
  );
}

export function LoadingList() {
  return (
    <div className="panel">
      <ul className={styles.list}>
        {['first', 'second', 'third', 'fourth', 'fifth'].map((place) => (
          <li key={place} className={styles.task}>
            <Skeleton className={styles.boxSkeleton} />
            <Skeleton />
          </li>
        ))}
      </ul>
    </div>
  );
}
