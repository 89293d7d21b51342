import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { expect, test } from 'vitest';
import { takeOutsideAttempts } from '../harness/network-guard';

test('a fetch of another machine fails, and is remembered', async () => {
  await expect(fetch('http://192.0.2.1/')).rejects.toThrow();
  expect(takeOutsideAttempts()).toEqual(['192.0.2.1']);
});

test('a name is not even looked up', async () => {
  await expect(fetch('https://api.clerk.com/v1/jwks')).rejects.toThrow();
  expect(takeOutsideAttempts()).toEqual(['api.clerk.com']);
});

test('sockets and TLS are no way around it', () => {
  expect(() => connect(80, '192.0.2.1')).toThrow(/outside this machine/);
  expect(() => connect({ port: 80, host: '2001:db8::1' })).toThrow(/outside this machine/);
  expect(() => connectTls({ port: 443, host: '192.0.2.1' })).toThrow(/outside this machine/);
  expect(takeOutsideAttempts()).toEqual(['192.0.2.1', '2001:db8::1', '192.0.2.1']);
});
