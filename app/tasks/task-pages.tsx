'use client';

import { useEffect, useRef, useState } from 'react';
import { type GatehouseClientError, gatehouseErrors } from '../clients/errors';
import { ErrorNotice } from '../components/error-notice';
import type { TasksQuery } from '../gql/graphql';
import { TaskRow } from './task-row';
import styles from './tasks.module.css';
import type { View } from './view';

type Connection = NonNullable<NonNullable<TasksQuery['externalData']>['tasks']>;

interface Props {
  readonly tasks: Connection;
  readonly show: View['show'];
  /** Whether these are the tasks of the view before, until those of this one arrive. */
  readonly stale: boolean;
  /** Adds the page behind a cursor to `tasks`. */
  readonly loadMore: (after: string | null) => Promise<GatehouseClientError | undefined>;
}

const NOTHING: Readonly<Record<View['show'], string>> = {
  all: 'You have no tasks yet.',
  open: 'Nothing is left to do.',
  done: 'Nothing is done yet.',
};

/** The tasks that were fetched so far, and the way to the others. */
export function TaskPages({ tasks, show, stale, loadMore }: Props) {
  const { totalCount, pageInfo } = tasks;
  const edges = tasks.edges ?? [];
  const [loading, setLoading] = useState(false);
  const [failure, setFailure] = useState<GatehouseClientError>();
  const list = useFocusOnFirstNew(edges.length);

  async function showMore() {
    if (loading) return;
    setLoading(true);
    list.expectMore();
    // Without an answer there is no result to hold the error.
    setFailure(await loadMore(pageInfo.endCursor).catch((error: unknown) => gatehouseErrors(error)[0]));
    setLoading(false);
  }

  return (
    <section aria-label="Tasks" aria-busy={stale || loading} className={styles.pages} data-stale={stale}>
      {edges.length === 0 ? (
        <p className={`panel ${styles.empty}`}>{NOTHING[show]}</p>
      ) : (
        <div className="panel">
          <ul ref={list.ref} className={styles.list}>
            {edges.map(({ node }) => (
              <TaskRow key={node.id} task={node} />
            ))}
          </ul>
        </div>
      )}
      {failure !== undefined && (
        <ErrorNotice failure={failure} retry={() => void showMore()} busy={loading} partial />
      )}
      <div className={styles.foot}>
        <p role="status">{stale ? 'Loading…' : counted(edges.length, totalCount)}</p>
        {pageInfo.hasNextPage && (
          <button type="button" className="button" aria-disabled={loading} onClick={() => void showMore()}>
            {loading ? 'Loading…' : 'Show more'}
          </button>
        )}
      </div>
    </section>
  );
}

function counted(shown: number, total: number | null): string {
  if (total === null) return `${shown} shown`;
  if (shown === 0) return 'No tasks';
  return shown === total ? `All ${total} shown` : `${shown} of ${total} shown`;
}

/** Who asked for more goes on at the first task that is new: the button may be gone by then. */
function useFocusOnFirstNew(count: number) {
  const ref = useRef<HTMLUListElement>(null);
  const expectedBehind = useRef<number>(undefined);

  useEffect(() => {
    const before = expectedBehind.current;
    if (before === undefined || count <= before) return;
    expectedBehind.current = undefined;
    const first = ref.current?.children.item(before);
    if (first instanceof HTMLElement) first.focus();
  }, [count]);

  return {
    ref,
    expectMore: () => {
      expectedBehind.current = count;
    },
  };
}
