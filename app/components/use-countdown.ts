import { useEffect, useState } from 'react';
import type { GatehouseClientError } from '../clients/errors';

/** Seconds that are left of the wait that a failure asks for; zero when it asks for none. Starts anew with each failure. */
export function useCountdown(failure: GatehouseClientError): number {
  const [left, setLeft] = useState(failure.retryAfter ?? 0);

  useEffect(() => {
    const until = Date.now() + (failure.retryAfter ?? 0) * 1000;
    const tick = () => {
      const seconds = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      setLeft(seconds);
      if (seconds === 0) clearInterval(timer);
    };
    const timer = setInterval(tick, 1000);
    tick();
    return () => clearInterval(timer);
  }, [failure]);

  return left;
}
