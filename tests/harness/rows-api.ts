import { errors } from 'jose';
import { type ApiData, type ApiRow, columnValue, passes, rowsFor, sorted } from './api-rows';
import { type ApiAnswer, type ApiCall, type ApiServer, startApi } from './api-servers';

/** An API that serves the table `memos` as docs/sources.md says. */
export function startRowsApi(data: ApiData): Promise<ApiServer> {
  return startApi(async (call) => {
    try {
      return answer(call, await rowsFor(data, call.headers.authorization));
    } catch (error) {
      if (error instanceof errors.JWTExpired) return { status: 401, body: { error: 'token_expired' } };
      if (error instanceof errors.JOSEError) return { status: 401, body: { error: 'token_invalid' } };
      throw error;
    }
  });
}

function answer({ url, method }: ApiCall, own: readonly ApiRow[]): ApiAnswer {
  if (method !== 'GET' || url.pathname !== '/v1/memos') return { status: 404, body: {} };
  const parameters = url.searchParams;
  const filter: [string, string, unknown][] = JSON.parse(parameters.get('filter') ?? '[]');
  const order = list(parameters.get('order')).map((part) => part.split('.') as [string, string]);
  const after: unknown[] = JSON.parse(parameters.get('after') ?? '[]');
  const matching = own.filter((row) =>
    filter.every(([column, operator, operand]) => passes(row, column, operator, operand)),
  );
  const rows = sorted(matching, order)
    .filter((row) => after.length === 0 || isBehind(row, order, after))
    .slice(0, Number(parameters.get('limit')))
    .map((row) =>
      Object.fromEntries(list(parameters.get('select')).map((name) => [name, columnValue(row, name)])),
    );
  return { body: { rows, ...(parameters.get('count') === 'true' ? { totalCount: matching.length } : {}) } };
}

function isBehind(
  row: ApiRow,
  [first, second]: readonly (readonly [string, string])[],
  [value, tiebreaker]: readonly unknown[],
): boolean {
  if (first === undefined || second === undefined) throw new Error('A page needs an order.');
  const beyond = first[1] === 'desc' ? 'lt' : 'gt';
  return (
    passes(row, first[0], beyond, value) ||
    (passes(row, first[0], 'eq', value) && passes(row, second[0], beyond, tiebreaker))
  );
}

function list(value: string | null): string[] {
  return value === null ? [] : value.split(',');
}
