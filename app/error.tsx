'use client';

import { Message } from './components/message';

interface Props {
  readonly error: unknown;
  readonly retry: () => void;
}

export default function ErrorPage({ error, retry }: Props) {
  const digest = digestOf(error);
  return (
    <main className="page">
      <Message title="This page could not be made">
        <p>
          Something went wrong on our side. Trying again may help.
          {digest !== undefined && (
            <>
              {' '}
              The log has it as <code>{digest}</code>.
            </>
          )}
        </p>
        <p>
          <button type="button" className="button primary" onClick={() => retry()}>
            Try again
          </button>
        </p>
      </Message>
    </main>
  );
}

/** Names an error of the server in its log, whose message does not leave it. */
function digestOf(error: unknown): string | undefined {
  return error instanceof Error && 'digest' in error ? String(error.digest) : undefined;
}
