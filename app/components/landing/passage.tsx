import styles from './landing.module.css';

const STAGES = [
  ['Transport', 'method, content type, origin, body size'],
  ['Authenticate', 'the token, once, without the network'],
  ['Context', 'frozen: who asks, and until when'],
  ['Admit', 'parse, validate, apply limits'],
  ['Execute', 'the schema decides who may'],
  ['Sources', 'Clerk and Supabase, with your token'],
  ['Mask', 'every failure gets a code'],
] as const;

/** What a request goes through, in order. */
export function Passage() {
  return (
    <section aria-labelledby="passage" className={styles.passage}>
      <h2 id="passage">The way of a request</h2>
      <ol className={styles.stages}>
        {STAGES.map(([name, what]) => (
          <li key={name} className={styles.stage}>
            <strong>{name}</strong>
            <span className="muted">{what}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
