import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { newId } from '../ids';
import type { WebhookEvent } from './event';

/** Where events go. */
export interface WebhookTarget {
  readonly url: string;
  /** `whsec_…` */
  readonly secret: string;
  /** Milliseconds before each further attempt; after the last one the event is dropped. Default: 1, 5, 15 and 60 s. */
  readonly retryDelays?: readonly number[] | undefined;
}

const RETRY_DELAYS: readonly number[] = [1_000, 5_000, 15_000, 60_000];
/** Svix waits as long for an answer. */
const ATTEMPT_TIMEOUT_MS = 15_000;

/** Delivers events in Svix's format, one after the other; a failed one goes again under the same id. */
export class WebhookDeliveries {
  readonly #target: WebhookTarget;
  readonly #instanceId: string;
  #stop = new AbortController();
  #last: Promise<void> = Promise.resolve();

  constructor(target: WebhookTarget, instanceId: string) {
    this.#target = target;
    this.#instanceId = instanceId;
  }

  /** Queues the event and returns at once. */
  send({ type, data }: WebhookEvent): void {
    const body = JSON.stringify({
      type,
      object: 'event',
      data,
      event_attributes: { http_request: { client_ip: '127.0.0.1', user_agent: 'local-clerk' } },
      timestamp: Date.now(),
      instance_id: this.#instanceId,
    });
    const { signal } = this.#stop;
    this.#last = this.#last.then(() => this.#deliver(newId('msg'), body, signal));
  }

  /** Settles when everything that was sent so far has been delivered or dropped. */
  idle(): Promise<void> {
    return this.#last;
  }

  /** Drops what has not been delivered. */
  drop(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
  }

  async #deliver(id: string, body: string, signal: AbortSignal): Promise<void> {
    for (const delay of [0, ...(this.#target.retryDelays ?? RETRY_DELAYS)]) {
      // Without a reference the timer does not keep a process alive that is otherwise done.
      if (delay > 0) await sleep(delay, undefined, { ref: false, signal }).catch(() => {});
      if (signal.aborted || (await this.#attempt(id, body, signal))) return;
    }
    console.warn(`Local Clerk: ${this.#target.url} did not accept the webhook ${id}; it is dropped.`);
  }

  async #attempt(id: string, body: string, signal: AbortSignal): Promise<boolean> {
    const { url, secret } = this.#target;
    const now = new Date();
    try {
      const { ok } = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'svix-id': id,
          'svix-timestamp': String(Math.floor(now.getTime() / 1000)),
          'svix-signature': new Webhook(secret).sign(id, now, body),
        },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]),
      });
      return ok;
    } catch {
      return false;
    }
  }
}
