import { type FieldNode, print, stripIgnoredCharacters, visit } from 'graphql';
import { graphql } from '../../gql';
import { CopyButton } from '../copy-button';
import { Entry, Ledger } from '../ledger';
import styles from './landing.module.css';

const FirstQueryDocument = graphql(`
  query First {
    viewer {
      fullName
      organization {
        name
        role
      }
    }
    externalData {
      tasks(first: 2) {
        edges {
          node {
            title
            done
          }
        }
      }
    }
  }
`);

/** An operation to begin with, and the command that sends it. */
export function FirstQuery({
  endpoint,
  localClerk,
}: {
  readonly endpoint: string;
  readonly localClerk: boolean;
}) {
  const query = print(visit(FirstQueryDocument, { Field: leaveOutTypename }));
  const command = curlCommand(endpoint, query, localClerk);
  return (
    <section className={styles.first} aria-labelledby="first-query">
      <h2 id="first-query">A first query</h2>
      <div className={styles.panes}>
        <div className="panel">
          <div className="panel-head">
            <h3>The document</h3>
          </div>
          <pre className={styles.text}>
            <code>{query}</code>
          </pre>
        </div>
        <div className={styles.beside}>
          <div className="panel">
            <div className="panel-head">
              <h3>From a terminal</h3>
              <span className={styles.copy}>
                <CopyButton text={command} label="Copy the command" />
              </span>
            </div>
            <pre className={styles.text}>
              <code>{command}</code>
            </pre>
            <p className={styles.hint}>
              {localClerk ? (
                <>
                  Run it in the project’s folder. <code>npm run token</code> fetches a session token, which
                  lives for a minute.
                </>
              ) : (
                <>
                  Set <code>TOKEN</code> first: while you are signed in here,{' '}
                  <code>await Clerk.session.getToken()</code> in the browser’s console gives a session token,
                  which lives for a minute.
                </>
              )}
            </p>
          </div>
          <Answers />
        </div>
      </div>
    </section>
  );
}

/** Statuses, as docs/errors.md has them. */
function Answers() {
  return (
    <div className="panel">
      <div className="panel-head">
        <h3>What comes back</h3>
      </div>
      <Ledger>
        <Entry term="200">
          Data. A field that was denied or failed is null, with an error and its code beside it.
        </Entry>
        <Entry term="401">
          Nobody is signed in, or the token is refused: a bad one never counts as none.
        </Entry>
        <Entry term="403">Everything that was asked for needs a right that the caller lacks.</Entry>
      </Ledger>
    </div>
  );
}

/** Codegen adds it for the clients' caches. Null takes a node away. */
function leaveOutTypename({ name }: FieldNode): null | undefined {
  return name.value === '__typename' ? null : undefined;
}

function curlCommand(endpoint: string, query: string, localClerk: boolean): string {
  const token = localClerk ? '$(npm run --silent token -- --user ada@example.com --org acme)' : '$TOKEN';
  return [
    `curl -s ${endpoint}`,
    `-H "authorization: Bearer ${token}"`,
    `-H 'content-type: application/json'`,
    `-d '${JSON.stringify({ query: stripIgnoredCharacters(query) })}'`,
  ].join(' \\\n  ');
}
