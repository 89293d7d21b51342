import { z } from 'zod';

/** What the Frontend API answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  /** `response.id`, of a sign-in for instance. */
  readonly id: string;
  /** A token, where one was asked for. */
  readonly jwt: string;
  /** Code of the first error. */
  readonly code: string | undefined;
}

const BodySchema = z.looseObject({
  jwt: z.string().optional().catch(undefined),
  response: z.looseObject({ id: z.string() }).nullish().catch(null),
  errors: z
    .array(z.looseObject({ code: z.string() }))
    .optional()
    .catch(undefined),
});

interface BrowserOptions {
  /** Where the Frontend API is, without `/v1`. */
  readonly frontendApi: string;
  /** Origin of the page. */
  readonly origin: string;
  /** Default: the global one. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** Cookies, and calls of the Frontend API as clerk-js makes them. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #options: BrowserOptions;

  constructor(options: BrowserOptions) {
    this.#options = options;
  }

  /** A same-origin GET, which names no origin. */
  get(path: string): Promise<Answer> {
    return this.#call(path);
  }

  post(path: string, form: Readonly<Record<string, string>> = {}, method = 'POST'): Promise<Answer> {
    const separator = path.includes('?') ? '&' : '?';
    return this.#call(method === 'POST' ? path : `${path}${separator}_method=${method}`, {
      method: 'POST',
      headers: { origin: this.#options.origin },
      body: new URLSearchParams(form),
    });
  }

  /** Signs in with a password, and expects it to work. @returns id of the session. */
  async signIn({ email, password }: { email: string; password: string }): Promise<string> {
    const { body, status } = await this.post('/v1/client/sign_ins', { identifier: email, password });
    if (status !== 200) throw new Error(`Signing ${email} in was answered with ${status}`);
    return z.object({ response: z.object({ created_session_id: z.string() }) }).parse(body).response
      .created_session_id;
  }

  /** Sends a request with the cookies, and keeps those that come back. Follows no redirect. */
  async send(url: string, init: RequestInit = {}): Promise<Response> {
    const { fetch = (request: Request) => globalThis.fetch(request) } = this.#options;
    const headers = new Headers(init.headers);
    headers.set('cookie', this.cookieHeader());
    const response = await fetch(new Request(url, { redirect: 'manual', ...init, headers }));
    this.keep(response.headers);
    return response;
  }

  cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Keeps and drops cookies as the headers say. */
  keep(headers: Headers): void {
    for (const cookie of headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/; max-age=0(;|$)/i.test(cookie)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }

  async #call(path: string, init?: RequestInit): Promise<Answer> {
    const response = await this.send(`${this.#options.frontendApi}${path}`, init);
    const text = await response.text();
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const parsed = BodySchema.safeParse(body).data;
    return {
      status: response.status,
      headers: response.headers,
      body,
      id: parsed?.response?.id ?? '',
      jwt: parsed?.jwt ?? '',
      code: parsed?.errors?.[0]?.code,
    };
  }
}
