import { AtAGlance } from './components/landing/at-a-glance';
import { FirstQuery } from './components/landing/first-query';
import styles from './components/landing/landing.module.css';
import { Passage } from './components/landing/passage';
import { situation } from './components/landing/situation';
import { WhereNext } from './components/landing/where-next';

export default async function Home() {
  const now = await situation();
  return (
    <main className="page">
      <div className={styles.opening}>
        <div>
          <h1>One GraphQL endpoint that knows who is asking</h1>
          <p className="lede">
            Gatehouse is a GraphQL gateway for applications whose users sign in with Clerk. It authenticates
            every request, decides field by field who may ask, and fetches the user and their rows in external
            sources with the caller’s own token.
          </p>
          <Passage />
        </div>
        <AtAGlance situation={now} />
      </div>
      <FirstQuery endpoint={now.endpoint} localClerk={now.clerk === 'local'} />
      <WhereNext graphiql={now.graphiql} />
    </main>
  );
}
