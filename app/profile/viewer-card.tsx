import type { ReactNode } from 'react';
import { Entry, Ledger } from '../components/ledger';
import { Moment } from '../components/moment';
import { RelativeTime } from '../components/relative-time';
import type { ProfileQuery } from '../gql/graphql';
import styles from './profile.module.css';

type Viewer = NonNullable<ProfileQuery['viewer']>;

interface Props {
  readonly viewer: Viewer;
  /** Paths of what could not be fetched. */
  readonly unknown: ReadonlySet<string>;
  readonly askAgain: () => void;
  readonly busy: boolean;
}

/** What the gateway says about the signed-in user, and where in the schema it says so. */
export function ViewerCard({ viewer, unknown, askAgain, busy }: Props) {
  const { organization, actor } = viewer;
  const value = (path: string, known: ReactNode) =>
    unknown.has(`viewer.${path}`) ? <Absent>could not be fetched</Absent> : (known ?? <Absent>none</Absent>);
  return (
    <section className="panel" aria-labelledby="viewer" aria-busy={busy}>
      <div className="panel-head">
        <h2 id="viewer">Viewer</h2>
        <button
          type="button"
          className="button small"
          aria-disabled={busy}
          onClick={() => {
            if (!busy) askAgain();
          }}
        >
          {busy ? 'Asking…' : 'Ask again'}
        </button>
      </div>
      <Ledger>
        <Entry term="User id" field="id">
          <span className="mono">{viewer.id}</span>
        </Entry>
        <Entry term="Full name" field="fullName">
          {value('fullName', viewer.fullName)}
        </Entry>
        <Entry term="Given name" field="firstName">
          {value('firstName', viewer.firstName)}
        </Entry>
        <Entry term="Family name" field="lastName">
          {value('lastName', viewer.lastName)}
        </Entry>
        <Entry term="Email" field="primaryEmailAddress">
          {value('primaryEmailAddress', viewer.primaryEmailAddress)}
        </Entry>
        <Entry term="Signed up" field="createdAt">
          {value('createdAt', viewer.createdAt && <Moment at={viewer.createdAt} />)}
        </Entry>
        <Entry term="Organization" field="organization.name">
          {organization === null ? (
            <Absent>none: the personal account</Absent>
          ) : (
            value('organization.name', organization.name)
          )}
        </Entry>
        {organization !== null && (
          <>
            <Entry term="Role" field="organization.role">
              <span className="mono">{organization.role}</span>
            </Entry>
            <Entry term="Permissions" field="organization.permissions">
              <Permissions names={organization.permissions} />
            </Entry>
          </>
        )}
        {actor !== null && (
          <Entry term="Acting for you" field="actor.id">
            <span className="mono">{actor.id}</span>
          </Entry>
        )}
        <Entry term="Session" field="sessionId">
          {viewer.sessionId === null ? (
            <Absent>none</Absent>
          ) : (
            <span className="mono">{viewer.sessionId}</span>
          )}
        </Entry>
        <Entry term="Token expiry" field="tokenExpiresAt">
          {viewer.tokenExpiresAt === null ? (
            <Absent>never</Absent>
          ) : (
            <>
              <span className={styles.ticking}>
                <RelativeTime at={viewer.tokenExpiresAt} />
              </span>
              <span className={styles.aside}>Each request brings a token that is still good.</span>
            </>
          )}
        </Entry>
      </Ledger>
    </section>
  );
}

function Permissions({ names }: { readonly names: readonly string[] }) {
  if (names.length === 0) return <Absent>none</Absent>;
  return (
    <ul className={styles.permissions}>
      {names.map((name) => (
        <li key={name} className="mono">
          {name}
        </li>
      ))}
    </ul>
  );
}

function Absent({ children }: { readonly children: ReactNode }) {
  return <span className="muted">{children}</span>;
}
