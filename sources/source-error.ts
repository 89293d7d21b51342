/** What the log learns of a source's failed answer. Its message may quote data, so it never reaches a caller. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
}
