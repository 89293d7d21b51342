import type { Lifecycle } from './lifecycle';
import { LIVE_PATH, READY_PATH } from './paths';
import type { Check } from './probe';

const METHODS = ['GET', 'HEAD'];

interface HealthOptions {
  readonly lifecycle: Lifecycle;
  readonly checks: { readonly clerk: Check; readonly supabase: Check };
  /** Whether anything useful can be answered without Clerk's Backend API. */
  readonly worksWithoutClerk: boolean;
}

/** Answers the two health paths, for anybody: what it says, every caller may know. */
export interface Health {
  /**
   * Undefined where the request is for another path. Never rejects.
   * @param path of the request.
   */
  answer(path: string, method: string): Promise<Response> | undefined;
}

export function createHealth({ lifecycle, checks, worksWithoutClerk }: HealthOptions): Health {
  const live = async () => ({ status: 200, body: { status: 'ok' } });

  async function ready() {
    const [clerk, supabase] = lifecycle.draining
      ? [false, false]
      : await Promise.all([checks.clerk(), checks.supabase()]);
    // Asked again: it may have begun meanwhile.
    if (lifecycle.draining) return { status: 503, body: { status: 'draining' } };
    const isReady = supabase && (clerk || worksWithoutClerk);
    return {
      status: isReady ? 200 : 503,
      body: {
        status: isReady ? 'ready' : 'not-ready',
        checks: { clerk: upOrDown(clerk), supabase: upOrDown(supabase) },
      },
    };
  }

  const paths = new Map([
    [LIVE_PATH, live],
    [READY_PATH, ready],
  ]);

  async function respond(method: string, state: typeof live | typeof ready): Promise<Response> {
    if (!METHODS.includes(method)) return answer(405, null, { allow: METHODS.join(', ') });
    const { status, body } = await state();
    const json = { 'content-type': 'application/json' };
    return answer(status, method === 'HEAD' ? null : JSON.stringify(body), json);
  }

  return {
    answer(path, method) {
      const state = paths.get(path);
      return state === undefined ? undefined : respond(method, state);
    },
  };
}

/** An answer of a minute ago is a wrong one. */
function answer(status: number, body: string | null, headers: Record<string, string>): Response {
  return new Response(body, { status, headers: { 'cache-control': 'no-store', ...headers } });
}

function upOrDown(up: boolean): 'up' | 'down' {
  return up ? 'up' : 'down';
}
