const FORMAT = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const DAY = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

/** A point in time in the reader's time zone. For pages that are made in the browser: the server is in another one. */
export function Moment({ at, dayOnly = false }: { readonly at: string; readonly dayOnly?: boolean }) {
  return <time dateTime={at}>{(dayOnly ? DAY : FORMAT).format(new Date(at))}</time>;
}
