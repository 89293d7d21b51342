'use client';

import { useUser } from '@clerk/nextjs';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { useMutation } from 'urql';
import { fieldIssues, type GatehouseClientError, gatehouseErrors } from '../clients/errors';
import { ErrorNotice } from '../components/error-notice';
import { Field } from './field';
import { UpdateProfileDocument } from './operations';
import styles from './profile.module.css';

interface Names {
  readonly firstName: string;
  readonly lastName: string;
}

type Outcome =
  | { readonly kind: 'none' | 'unchanged' }
  | { readonly kind: 'saved'; readonly fullName: string | null }
  | { readonly kind: 'refused'; readonly issues: Readonly<Record<string, string>> }
  | { readonly kind: 'failed'; readonly failure: GatehouseClientError };

/** Changes the names at Clerk. The rules are the gateway's: what it refuses is said at its field. */
export function RenameForm({ firstName, lastName }: Names) {
  const { user } = useUser();
  const [{ fetching }, update] = useMutation(UpdateProfileDocument);
  const [names, setNames] = useState<Names>({ firstName, lastName });
  // The optimistic answer arrives as new props while the request is under way: what is saved is kept here.
  const [saved, setSaved] = useState(names);
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'none' });
  const issues = outcome.kind === 'refused' ? outcome.issues : {};

  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (outcome.kind === 'refused')
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [outcome]);

  async function save() {
    if (fetching) return;
    const input = changed(saved, names);
    if (Object.keys(input).length === 0) return setOutcome({ kind: 'unchanged' });
    setOutcome({ kind: 'none' });
    const { data, error } = await update({ input });
    const [failure, ...others] = gatehouseErrors(error);
    if (failure !== undefined) {
      const found = fieldIssues([failure, ...others]);
      const shown = 'firstName' in found || 'lastName' in found;
      return setOutcome(shown ? { kind: 'refused', issues: found } : { kind: 'failed', failure });
    }
    const viewer = data?.updateProfile?.viewer;
    const now = { firstName: viewer?.firstName ?? '', lastName: viewer?.lastName ?? '' };
    setSaved(now);
    setNames(now);
    setOutcome({ kind: 'saved', fullName: viewer?.fullName ?? null });
    // Clerk's components have a copy of their own. If it cannot be renewed now, it is by the next page.
    await user?.reload().catch(() => {});
  }

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void save();
  };

  return (
    <form ref={form} onSubmit={submit} noValidate className={styles.form} aria-labelledby="rename">
      <Field
        label="Given name"
        name="firstName"
        autoComplete="given-name"
        value={names.firstName}
        issue={issues.firstName}
        onChange={(value) => setNames({ ...names, firstName: value })}
      />
      <Field
        label="Family name"
        name="lastName"
        autoComplete="family-name"
        value={names.lastName}
        issue={issues.lastName}
        onChange={(value) => setNames({ ...names, lastName: value })}
      />
      <div className={styles.submit}>
        <button type="submit" className="button primary" aria-disabled={fetching}>
          Save
        </button>
        <p role="status">{fetching ? 'Saving…' : said(outcome)}</p>
      </div>
      {outcome.kind === 'failed' && (
        <ErrorNotice failure={outcome.failure} retry={() => void save()} busy={fetching} />
      )}
    </form>
  );
}

/** What is left out stays as it is: only what was changed is sent. */
function changed(before: Names, after: Names): Partial<Names> {
  return {
    ...(after.firstName === before.firstName ? {} : { firstName: after.firstName }),
    ...(after.lastName === before.lastName ? {} : { lastName: after.lastName }),
  };
}

function said(outcome: Outcome): string {
  if (outcome.kind === 'unchanged') return 'That is your name already.';
  if (outcome.kind !== 'saved') return '';
  return outcome.fullName === null
    ? 'Saved. You have no name now.'
    : `Saved. You are ${outcome.fullName} now.`;
}
