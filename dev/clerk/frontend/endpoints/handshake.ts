import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { Instance } from '../../backend/context';
import {
  clientUatCookies,
  handshakeCookie,
  noHandshakeCookie,
  noSessionCookies,
  sessionCookies,
} from '../../cookies';
import { ClerkError } from '../../errors';
import { readQuery, single } from '../../request';
import { activeSession, currentClient } from '../clients';
import type { FrontendEnv } from '../context';
import { clientUat } from '../sync-cookies';

const HandshakeSchema = z.object({ redirect_url: single(z.string()) });

/** `/v1/client/handshake`: where a page is sent to get back, in one round, the cookies that `__client` stands for. */
export function handshake(instance: Instance): Hono<FrontendEnv> {
  const { store, signer, tokens, appUrl } = instance;

  async function cookies(c: Context<FrontendEnv>): Promise<string[]> {
    const client = currentClient(c, store);
    const session = client && activeSession(store.state, client);
    return [
      ...(session === undefined ? noSessionCookies() : sessionCookies(await tokens.issue(session))),
      ...clientUatCookies(clientUat(store.state, client)),
      // Or the page would take the handshake's word again and again.
      noHandshakeCookie(),
    ];
  }

  return new Hono<FrontendEnv>().get('/handshake', async (c) => {
    const target = back(readQuery(c, HandshakeSchema).redirect_url, appUrl);
    const result = await signer.sign({ handshake: await cookies(c) });
    c.header('set-cookie', handshakeCookie(result), { append: true });
    return c.redirect(target, 307);
  });
}

/** The page to go back to. @throws {ClerkError} 400 when it is not the application's: nobody may be led elsewhere. */
function back(redirectUrl: string, appUrl: string): string {
  const url = URL.canParse(redirectUrl) ? new URL(redirectUrl) : undefined;
  if (url?.origin === new URL(appUrl).origin) return url.href;
  throw new ClerkError(400, {
    code: 'redirect_url_mismatch',
    message: 'redirect url mismatch',
    longMessage: `redirect_url must lead to ${appUrl}`,
  });
}
