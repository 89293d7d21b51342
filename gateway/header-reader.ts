/** Header fields of a request, by their name in lower case: those of a `Request`, or of a server that has no such thing. */
export type HeaderReader = Pick<Headers, 'get'>;
