'use client';

import { useQuery } from '@apollo/client/react';
import { usePathname, useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { gatehouseErrors } from '../clients/errors';
import { ErrorNotice } from '../components/error-notice';
import { Controls } from './controls';
import { Heading } from './heading';
import { LoadingList } from './loading-tasks';
import { MoreTasksDocument, TasksDocument } from './operations';
import { TaskPages } from './task-pages';
import styles from './tasks.module.css';
import { addressOf, parseView, type View, variablesOf } from './view';

/** The viewer's tasks. The name and the rows come from different services: either is shown without the other. */
export function Tasks() {
  const path = usePathname();
  const params = useSearchParams();
  const view = parseView(params);
  const variables = variablesOf(view);
  const { data, previousData, error, loading, refetch, fetchMore } = useQuery(TasksDocument, {
    variables,
    fetchPolicy: 'cache-and-network',
  });
  const failures = useMemo(() => gatehouseErrors(error), [error]);

  // Until other tasks have arrived, those that were there stay.
  const shown = data ?? (loading ? previousData : undefined);
  const tasks = shown?.externalData?.tasks ?? null;
  const [failure] = failures;
  const askAgain = () => void refetch().catch(() => {});
  const loadMore = async (after: string | null) => {
    const more = await fetchMore({ query: MoreTasksDocument, variables: { ...variables, after } });
    return gatehouseErrors(more.error)[0];
  };
  const setView = (next: View) => window.history.replaceState(null, '', addressOf(path, next));

  return (
    <>
      <Heading name={shown?.viewer?.fullName} />
      <Controls view={view} onChange={setView} />
      {failure !== undefined && (
        <div className={styles.notice}>
          <ErrorNotice failure={failure} retry={askAgain} busy={loading} partial={tasks !== null} />
        </div>
      )}
      {tasks !== null && (
        <TaskPages
          key={addressOf(path, view)}
          show={view.show}
          tasks={tasks}
          stale={data === undefined}
          loadMore={loadMore}
        />
      )}
      {tasks === null && failure === undefined && <LoadingList />}
    </>
  );
}
