import { expect, test } from 'vitest';
import { onTheWire } from '../../bench/speed/load/requests';

const TOKENS = Array.from({ length: 200 }, (_, index) => `token-${index}`);

function tokensSent(perToken: number): string[] {
  const requests = { method: 'POST', path: '/', tokens: TOKENS, perToken, bodies: ['{}'] } as const;
  return onTheWire(requests, 1).map((request) => /Bearer (\S+)/.exec(String(request))?.[1] ?? 'none');
}

test('each token is sent as often as it is said, and not again while others of its hundred wait', () => {
  for (const perToken of [1, 3]) {
    const sent = tokensSent(perToken);
    for (const token of TOKENS) {
      const places = sent.flatMap((other, place) => (other === token ? [place] : []));
      expect(places).toHaveLength(perToken);
      for (const [index, place] of places.entries()) expect(place - (places[0] ?? 0)).toBe(index * 100);
    }
  }
});

test('a request without a token has no header for it', () => {
  const [request] = onTheWire({ method: 'POST', path: '/api', bodies: ['{"a":"é"}'] }, 8080);
  expect(String(request)).toBe(
    'POST /api HTTP/1.1\r\nhost: 127.0.0.1:8080\r\nconnection: keep-alive\r\naccept: application/json\r\n' +
      'content-type: application/json\r\ncontent-length: 10\r\n\r\n{"a":"é"}',
  );
});
