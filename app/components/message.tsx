import type { ReactNode } from 'react';
import { Mark } from './mark';

/** A page that says one thing. */
export function Message({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="message">
      <Mark />
      <h1>{title}</h1>
      {children}
    </div>
  );
}
