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
export async function send(gateway: Gateway, query: string, options: SendOptions = {}): Promise<Answer> {
  const { token, variables, headers } = options;
  const response = await gateway.fetch(
    new Request(ENDPOINT_URL, {
      method: 'POST',
      headers: {
        host: new URL(ENDPOINT_URL).host,
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: JSON.stringify({ query, variables }),
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
