import { request } from 'node:http';
import { describe, expect, inject, test } from 'vitest';
import { backendApi, person } from './harness/people';

const BODY = JSON.stringify({ query: '{ viewer { id } }' });

/** Sends a path as it stands: a URL would be put in order first. */
function post(path: string, headers: Readonly<Record<string, string>> = {}) {
  const { hostname, port, host } = new URL(inject('appUrl'));
  return new Promise<{ readonly status: number; readonly text: string }>((resolve, reject) => {
    const sent = request(
      {
        hostname,
        port,
        path,
        method: 'POST',
        headers: { host, 'content-type': 'application/json', ...headers },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    sent.on('error', reject);
    sent.end(BODY);
  });
}

async function tokenOfAda(): Promise<string> {
  const session = await backendApi('/sessions', { user_id: person('ada').id });
  return (await backendApi(`/sessions/${session.id}/tokens`, {})).jwt;
}

/** Ways to write the endpoint's path that a matcher of a proxy may read otherwise than a router does. */
const PATHS = [
  '/api/graphql',
  '/api/graphql/',
  '//api/graphql',
  '/api//graphql',
  '/api/./graphql',
  '/api/x/../graphql',
  '/api/%2e/graphql',
  '/api/x/%2e%2e/graphql',
  '/%61pi/graphql',
  '/api%2fgraphql',
  '/api\\graphql',
  '/API/GRAPHQL',
  '/api/graphql.rsc',
  '/api/graphql.json',
  '/api/graphql.prefetch.rsc',
  '/api/graphql.segments/_tree.segment.rsc',
  '/api/graphql?_rsc=abc',
  '/api/graphql;x=.png',
  '/_next/data/build/api/graphql.json',
  '/en/api/graphql',
  '/__clerk/../api/graphql',
];

const HEADERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'no special header': {},
  // CVE-2025-29927
  'x-middleware-subrequest': {
    'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy',
    'x-middleware-subrequest-id': 'x',
  },
  'a prefetch': { rsc: '1', 'next-router-prefetch': '1', purpose: 'prefetch', 'x-middleware-prefetch': '1' },
  'a forged verdict of the proxy': {
    'x-clerk-auth-status': 'signed-in',
    'x-clerk-auth-token': 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1c2VyXzEifQ.',
    'x-middleware-rewrite': '/api/graphql',
    'x-nextjs-data': '1',
  },
};

describe.each(Object.entries(HEADERS))('with %s', (_what, headers) => {
  test.each(PATHS)('%s lets nobody in without a token, and nobody with a bad one', async (path) => {
    const bad = { ...headers, authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1c2VyXzEifQ.' };
    for (const { status, text } of [await post(path, headers), await post(path, bad)]) {
      expect(status, text.slice(0, 200)).toBeGreaterThanOrEqual(300);
      expect(status, text.slice(0, 200)).toBeLessThan(500);
      expect(text.includes('user_')).toBe(false);
    }
  });
});

test.each(PATHS)('%s with a token answers its own user, or is no way in', async (path) => {
  const { status, text } = await post(path, { authorization: `Bearer ${await tokenOfAda()}` });
  if (status === 200) expect(JSON.parse(text)).toEqual({ data: { viewer: { id: person('ada').id } } });
  else expect(status, text.slice(0, 200)).toBeLessThan(500);
});

test("the endpoint answers although the proxy's matcher leaves it out", async () => {
  const { status, text } = await post('/api/graphql', { authorization: `Bearer ${await tokenOfAda()}` });
  expect({ status, text }).toEqual({
    status: 200,
    text: JSON.stringify({ data: { viewer: { id: person('ada').id } } }),
  });
  expect((await post('/api/graphql')).status).toBe(401);
});
