'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useLayoutEffect, useRef } from 'react';
import type { GatehouseClientError } from '../clients/errors';
import { SIGN_IN_PATH } from '../paths';
import styles from './error-notice.module.css';
import { failureTitle, needsSignIn } from './failure-titles';
import { useCountdown } from './use-countdown';

interface Props {
  readonly failure: GatehouseClientError;
  readonly retry: () => void;
  /** Whether another try is under way. */
  readonly busy?: boolean;
  /** Whether the rest of the page is there all the same. */
  readonly partial?: boolean;
}

/** What failed, and what can be done about it. */
export function ErrorNotice({ failure, retry, busy = false, partial = false }: Props) {
  const box = useFocusKeptOnPage();
  const secondsLeft = useCountdown(failure);
  const path = usePathname();
  const blocked = busy || secondsLeft > 0;
  return (
    <div ref={box} className={styles.notice} data-partial={partial}>
      <div role="alert" className={styles.text}>
        <p className={styles.title}>{failureTitle(failure)}</p>
        <p>{failure.message}</p>
      </div>
      <div className={styles.actions}>
        <button
          type="button"
          className="button small"
          aria-disabled={blocked}
          onClick={() => {
            if (!blocked) retry();
          }}
        >
          {label(busy, secondsLeft)}
        </button>
        {needsSignIn(failure) && (
          <Link
            className="button small primary"
            href={{ pathname: SIGN_IN_PATH, query: { redirect_url: path } }}
          >
            Sign in
          </Link>
        )}
        <code className={styles.code}>{failure.code}</code>
      </div>
    </div>
  );
}

function label(busy: boolean, secondsLeft: number): string {
  if (busy) return 'Trying…';
  return secondsLeft > 0 ? `Try again in ${secondsLeft} s` : 'Try again';
}

/** When a notice goes while the focus is in it, the focus would be lost: it moves to the content. */
function useFocusKeptOnPage() {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    return () => {
      if (element?.contains(document.activeElement))
        document.getElementById('content')?.focus({ preventScroll: true });
    };
  }, []);
  return box;
}
