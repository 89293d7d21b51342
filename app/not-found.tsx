import type { Metadata } from 'next';
import Link from 'next/link';
import { Message } from './components/message';

export const metadata: Metadata = { title: 'Not found · Gatehouse' };

export default function NotFound() {
  return (
    <main className="page">
      <Message title="There is no such page">
        <p>The address may be mistyped, or the page may be switched off here.</p>
        <p>
          <Link className="button primary" href="/">
            Back to the start
          </Link>
        </p>
      </Message>
    </main>
  );
}
