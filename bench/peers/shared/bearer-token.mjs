/** The token in an `Authorization` header; undefined where there is none. */
export function bearerToken(header) {
  return header?.startsWith('Bearer ') ? header.slice('Bearer '.length) : undefined;
}
