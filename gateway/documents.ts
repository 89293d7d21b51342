import { hash } from 'node:crypto';

/** Documents by their SHA-256, in hex, with or without `sha256:` before it: what `npm run codegen` writes for an app. */
export type DocumentManifest = Readonly<Record<string, string>>;

/** The documents that a gateway knows before anybody sends them. None is ever added. */
export interface KnownDocuments {
  /** The document with a hash, in hex without a prefix; undefined where there is none. */
  find(hash: string): string | undefined;
  /** Whether a document is known, to the letter. */
  has(document: string): boolean;
}

/** @throws {Error} naming the hash that is not the one of its document. */
export function knownDocuments(manifest: DocumentManifest): KnownDocuments {
  const documents = new Map(
    Object.entries(manifest).map(([hash, document]) => [hash.replace(/^sha256:/, ''), document]),
  );
  for (const [hash, document] of documents)
    if (hashOf(document) !== hash)
      throw new Error(`The manifest has ${hash} for a document with another hash.`);
  const texts = new Set(documents.values());
  return {
    find: (hash) => documents.get(hash),
    has: (document) => texts.has(document),
  };
}

/** SHA-256 of a document, in hex. */
export function hashOf(document: string): string {
  return hash('sha256', document, 'hex');
}
