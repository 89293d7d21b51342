import { Moment } from '../components/moment';
import styles from './tasks.module.css';

interface Task {
  readonly title: string;
  readonly done: boolean;
  readonly createdAt: string;
}

export function TaskRow({ task: { title, done, createdAt } }: { readonly task: Task }) {
  return (
    <li tabIndex={-1} className={styles.task} data-done={done}>
      <svg className={styles.box} viewBox="0 0 16 16" aria-hidden="true">
        <rect x="1" y="1" width="14" height="14" rx="2" />
        {done && <path d="m4 8.5 2.75 2.75L12 5.5" />}
      </svg>
      <span className={styles.title}>
        <span className="visually-hidden">{done ? 'Done: ' : 'Open: '}</span>
        {title}
      </span>
      <span className={styles.when}>
        <Moment at={createdAt} dayOnly />
      </span>
    </li>
  );
}
