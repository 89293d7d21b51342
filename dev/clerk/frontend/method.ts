/**
 * The request with the method it means. clerk-js sends POST for every change, which spares it preflights, and names
 * the method in the query. A GET stays one whatever its query says: any page may make a browser send it.
 */
export async function withIntendedMethod(request: Request): Promise<Request> {
  const url = new URL(request.url);
  const method = url.searchParams.get('_method');
  if (request.method !== 'POST' || method === null) return request;
  url.searchParams.delete('_method');
  return new Request(url, {
    method: method.toUpperCase(),
    headers: request.headers,
    body: await request.text(),
  });
}
