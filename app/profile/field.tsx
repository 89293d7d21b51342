import styles from './profile.module.css';

interface Props {
  readonly label: string;
  readonly name: string;
  readonly autoComplete: string;
  readonly value: string;
  /** Why the value was refused. */
  readonly issue: string | undefined;
  readonly onChange: (value: string) => void;
}

/** A line of text with its label, and with what is wrong about it. */
export function Field({ label, name, autoComplete, value, issue, onChange }: Props) {
  const issueId = `${name}-issue`;
  return (
    <div className={styles.field}>
      <label htmlFor={name}>{label}</label>
      <input
        id={name}
        name={name}
        type="text"
        autoComplete={autoComplete}
        value={value}
        aria-invalid={issue !== undefined}
        aria-describedby={issue === undefined ? undefined : issueId}
        onChange={(event) => onChange(event.target.value)}
      />
      {issue !== undefined && (
        <p id={issueId} className={styles.issue}>
          {issue}
        </p>
      )}
    </div>
  );
}
