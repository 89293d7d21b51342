const HASH = /^(?:sha256:)?([0-9a-f]{64})$/;

/**
 * The SHA-256 that graphql-codegen's client preset has put on a document (`persistedDocuments: true`), in hex; undefined where
 * it has put none.
 */
export function documentHash(document: object): string | undefined {
  const meta = '__meta__' in document ? document.__meta__ : undefined;
  const hash = typeof meta === 'object' && meta !== null && 'hash' in meta ? meta.hash : undefined;
  return typeof hash === 'string' ? HASH.exec(hash)?.[1] : undefined;
}
