'use client';

import { useEffect, useState } from 'react';

const SHOWN_MS = 2_000;

/** Puts `text` into the clipboard, and says so. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [result, setResult] = useState<'copied' | 'refused'>();

  useEffect(() => {
    if (result === undefined) return;
    const timer = setTimeout(() => setResult(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [result]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setResult('copied');
    } catch {
      // The browser asks its user first, who may say no.
      setResult('refused');
    }
  }

  return (
    <>
      <button type="button" className="button small" onClick={copy} aria-label={label}>
        Copy
      </button>
      <span role="status" className="muted">
        {result === 'copied' && 'Copied'}
        {result === 'refused' && 'Select it and copy it by hand'}
      </span>
    </>
  );
}
