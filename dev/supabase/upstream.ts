/** Answers the requests that the front lets through. */
export type UpstreamFetch = (request: Request) => Promise<Response>;

/** Reaches an engine that another process serves. @param url its base URL without a trailing slash. */
export function upstreamAt(url: string): UpstreamFetch {
  return (request) => {
    const { pathname, search } = new URL(request.url);
    return fetch(new Request(`${url}${pathname}${search}`, request));
  };
}
