'use client';

import { useMemo } from 'react';
import { useQuery } from 'urql';
import { gatehouseErrors } from '../clients/errors';
import { ErrorNotice } from '../components/error-notice';
import { Heading } from './heading';
import { LoadingProfile } from './loading-profile';
import { ProfileDocument } from './operations';
import styles from './profile.module.css';
import { RenameForm } from './rename-form';
import { ViewerCard } from './viewer-card';

/** The signed-in user, as far as it is known. */
export function Profile() {
  const [{ data, error, fetching, stale }, ask] = useQuery({ query: ProfileDocument });
  const failures = useMemo(() => gatehouseErrors(error), [error]);
  const askAgain = () => ask({ requestPolicy: 'network-only' });
  const busy = fetching || stale;

  const viewer = data?.viewer ?? null;
  const [failure] = failures;
  if (viewer === null && failure === undefined) return <LoadingProfile />;
  const unknown = new Set(failures.map(({ path }) => path.join('.')));
  const namesAreKnown = !unknown.has('viewer.firstName') && !unknown.has('viewer.lastName');

  return (
    <>
      <Heading />
      {failure !== undefined && (
        <div className={styles.notice}>
          <ErrorNotice failure={failure} retry={askAgain} busy={busy} partial={viewer !== null} />
        </div>
      )}
      {viewer !== null && (
        <div className={styles.columns}>
          <ViewerCard viewer={viewer} unknown={unknown} askAgain={askAgain} busy={busy} />
          <section className="panel" aria-labelledby="rename">
            <div className="panel-head">
              <h2 id="rename">Change your name</h2>
            </div>
            {namesAreKnown ? (
              <RenameForm firstName={viewer.firstName ?? ''} lastName={viewer.lastName ?? ''} />
            ) : (
              <p className={styles.form}>The form comes back when your names can be fetched.</p>
            )}
          </section>
        </div>
      )}
    </>
  );
}
