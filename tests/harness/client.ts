import type { Gateway } from '../../gateway';
import { lookForLeaks } from './leaks';
import { ENDPOINT_URL } from './world';

/** An error as clients see it. */
export interface ClientError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string } & Readonly<Record<string, unknown>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read into it, and fail where it is not as they say.
  readonly data: any;
  readonly errors: readonly ClientError[];
  // biome-ignore lint/suspicious/noExplicitAny: as `data`.
  readonly extensions: any;
  /** `errors[].extensions.code`, in order. */
  readonly codes: readonly string[];
}

export interface SendOptions {
  readonly token?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends an operation as a client does. */
export function send(gateway: Gateway, query: string, options: SendOptions = {}): Promise<Answer> {
  const { variables, ...others } = options;
  return sendParams(gateway, { query, variables }, others);
}

/** Sends a request with any parameters: with GET in the address, objects as JSON. */
export async function sendParams(
  gateway: Gateway,
  params: Readonly<Record<string, unknown>>,
  options: Omit<SendOptions, 'variables'> & { readonly method?: 'GET' | 'POST' } = {},
): Promise<Answer> {
  const { token, headers, method = 'POST' } = options;
  const url = new URL(ENDPOINT_URL);
  if (method === 'GET')
    for (const [name, value] of Object.entries(params))
      if (value !== undefined)
        url.searchParams.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  const response = await gateway.fetch(
    new Request(url, {
      method,
      headers: {
        host: url.host,
        ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(method === 'POST' ? { body: JSON.stringify(params) } : {}),
    }),
  );
  const text = await response.text();
  lookForLeaks('an answer', text);
  const { data, errors = [], extensions = {} } = text === '' ? {} : JSON.parse(text);
  return {
    status: response.status,
    headers: response.headers,
    data,
    errors,
    extensions,
    codes: errors.map(({ extensions }: ClientError) => extensions.code),
  };
}
