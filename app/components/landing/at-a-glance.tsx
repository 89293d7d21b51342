import Link from 'next/link';
import { SIGN_IN_PATH } from '../../paths';
import { Entry, Ledger } from '../ledger';
import styles from './landing.module.css';
import type { Place, Situation, Visitor } from './situation';
import { UserName } from './user-name';

// The addresses only: the passwords belong to whoever started the local Clerk.
const SEEDED_USERS = ['ada@example.com', 'grace@example.com', 'alan@example.com'];

const PLACES: Readonly<Record<Place, string>> = { local: 'local, on this machine', real: 'real' };

/** Who is signed in and what answers, as this request sees it. */
export function AtAGlance({ situation }: { readonly situation: Situation }) {
  const { visitor, clerk, supabase, introspection, graphiql, endpoint } = situation;
  return (
    <section className="panel" aria-labelledby="at-a-glance">
      <div className="panel-head">
        <h2 id="at-a-glance">At a glance</h2>
      </div>
      <Ledger>
        <Entry term="Signed in">
          <SignedIn visitor={visitor} />
        </Entry>
        <Entry term="Organization">
          <Organization visitor={visitor} />
        </Entry>
        <Entry term="Clerk">
          <Where place={clerk} />
        </Entry>
        <Entry term="Supabase">
          <Where place={supabase} />
        </Entry>
        <Entry term="Exploring">
          introspection {introspection ? 'on' : 'off'}, GraphiQL {graphiql ? 'on' : 'off'}
        </Entry>
        <Entry term="Endpoint">
          <code>{endpoint}</code>
        </Entry>
      </Ledger>
      {visitor.kind === 'signed-out' && clerk === 'local' && <SeededUsers />}
    </section>
  );
}

function SignedIn({ visitor }: { readonly visitor: Visitor }) {
  if (visitor.kind === 'signed-out')
    return (
      <>
        Nobody. <Link href={SIGN_IN_PATH}>Sign in</Link>
      </>
    );
  return (
    <>
      <UserName />
      <code className={styles.id}>{visitor.userId}</code>
    </>
  );
}

function Organization({ visitor }: { readonly visitor: Visitor }) {
  if (visitor.kind === 'signed-out') return <span className="muted">None</span>;
  if (visitor.organization === null) return 'None: the personal account';
  const { name, role } = visitor.organization;
  return (
    <>
      {name}
      {role !== undefined && (
        <>
          , as <code>{role}</code>
        </>
      )}
    </>
  );
}

function Where({ place }: { readonly place: Place }) {
  return (
    <span className={styles.place} data-place={place}>
      {PLACES[place]}
    </span>
  );
}

function SeededUsers() {
  return (
    <div className={styles.seeded}>
      <h3>Users of the local Clerk</h3>
      <ul>
        {SEEDED_USERS.map((address) => (
          <li key={address}>
            <code>{address}</code>
          </li>
        ))}
      </ul>
      <p>
        <code>npm run dev</code> printed their passwords where it was started.
      </p>
    </div>
  );
}
