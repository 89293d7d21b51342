import { print } from 'graphql';
import { graphql } from './gql';

const FirstQuery = graphql(`
  query First {
    viewer {
      firstName
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

export default function Home() {
  return (
    <main>
      <h1>Gatehouse</h1>
      <p>
        A GraphQL gateway for applications whose users sign in with Clerk. It answers at{' '}
        <code>/api/graphql</code>: who is signed in, and the rows of external sources that they may read,
        fetched with their own token.
      </p>
      <h2>A first query</h2>
      <pre>
        <code>{print(FirstQuery)}</code>
      </pre>
      <p>
        Send it as JSON in a POST request, with a session token as bearer token. While{' '}
        <code>npm run dev</code> is running, <code>npm run token</code> prints one, and the terminal shows a
        command that is ready to paste.
      </p>
    </main>
  );
}
