/** What titles are written in. Where a single character is not Latin-1, V8 keeps the whole text in two bytes each. */
export type Writing = 'plain' | 'wide';

const SENTENCES: Readonly<Record<Writing, string>> = {
  plain: 'The quick brown fox said "no more" and jumped over the lazy dog. ',
  wide: 'The quick brown fox said “no more” and jumped over the lazy dog. ',
};

/** A title that is unlike the others, of at most so many bytes as JSON. */
export function titleOf(writing: Writing, index: number, bytes: number): string {
  const sentence = SENTENCES[writing];
  const sentenceBytes = Buffer.byteLength(JSON.stringify(sentence)) - 2;
  const start = `Task number ${index}. `;
  return start + sentence.repeat(Math.floor((bytes - start.length) / sentenceBytes));
}
