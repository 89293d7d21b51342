import { type Context, Hono } from 'hono';
import { CONTROL_PATH, type Control } from '../control';
import { createExchange, type TokenOptions, TokenRefused } from './tokens';
import type { UpstreamFetch } from './upstream';

/** The publishable key of every local Supabase. Like a hosted one's it may be public, and grants nothing alone. */
export const ANON_KEY = 'sb_publishable_local';

export interface FrontOptions extends TokenOptions {
  /** Answers what the front lets through. */
  readonly upstream: UpstreamFetch;
  readonly control: Control;
}

/** The request headers that PostgREST gives a meaning to. No other is passed on. */
const PASSED_ON = [
  'accept',
  'accept-profile',
  'content-profile',
  'content-type',
  'prefer',
  'range',
  'range-unit',
];

/** Response headers that belong to the connection with the upstream. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding'];

/** What stands before PostgREST at Supabase: checks the key and the user's token. Serves `/rest/v1/*`. */
export function createFront({ upstream, control, ...tokens }: FrontOptions) {
  const exchange = createExchange(tokens);
  return new Hono()
    .use(control.middleware())
    .route(CONTROL_PATH, control.routes())
    .all('/rest/v1/*', async (c) => {
      const apiKey = c.req.header('apikey');
      if (apiKey !== ANON_KEY) return refuseApiKey(c, apiKey);

      const headers = new Headers();
      for (const name of PASSED_ON) {
        const value = c.req.header(name);
        if (value !== undefined) headers.set(name, value);
      }
      try {
        const token = userToken(c.req.header('authorization'));
        if (token !== undefined) headers.set('authorization', `Bearer ${await exchange(token)}`);
      } catch (error) {
        if (error instanceof TokenRefused) return refuseToken(c, error);
        throw error;
      }
      const body = c.req.method === 'GET' || c.req.method === 'HEAD' ? null : await c.req.arrayBuffer();
      return withoutHopByHop(await upstream(new Request(c.req.url, { method: c.req.method, headers, body })));
    })
    .notFound((c) =>
      c.json({ message: `The local Supabase serves /rest/v1/* only, and not ${c.req.path}.` }, 404),
    );
}

/**
 * Undefined for an anonymous caller. Whatever else was sent is a token to verify, so that nothing bad is
 * mistaken for nothing.
 */
function userToken(authorization: string | undefined): string | undefined {
  if (authorization === undefined || authorization === `Bearer ${ANON_KEY}`) return undefined;
  return authorization.replace(/^Bearer +/i, '');
}

function refuseApiKey(c: Context, apiKey: string | undefined) {
  return apiKey === undefined
    ? c.json({ message: 'No API key found in request', hint: 'No `apikey` request header was found.' }, 401)
    : c.json({ message: 'Invalid API key', hint: 'Double check your Supabase publishable key.' }, 401);
}

function refuseToken(c: Context, { code, message }: TokenRefused) {
  return c.json({ code, message, details: null, hint: null }, 401, {
    'www-authenticate': `Bearer error="invalid_token", error_description="${message.replaceAll('"', "'")}"`,
  });
}

function withoutHopByHop(response: Response): Response {
  const headers = new Headers(response.headers);
  for (const name of HOP_BY_HOP) headers.delete(name);
  return new Response(response.body, { status: response.status, headers });
}
