import { expect, test } from 'vitest';
import { ResponseReader } from '../../bench/speed/load/response-reader';

const SIZED = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{"a":1}';
const CHUNKED =
  'HTTP/1.1 413 Payload Too Large\r\ntransfer-encoding: chunked\r\n\r\n4\r\n{"a"\r\nb\r\n:"ten more"}\r\n0\r\n\r\n';

const ANSWERS = [
  { text: SIZED, received: { status: 200, bodyBytes: 7 } },
  { text: CHUNKED, received: { status: 413, bodyBytes: 15 } },
  {
    text: 'HTTP/1.1 204 No Content\r\ncontent-length: 0\r\n\r\n',
    received: { status: 204, bodyBytes: 0 },
  },
];

test('an answer is read wherever the network cuts it, and the next one after it', () => {
  for (const { text, received } of ANSWERS)
    for (let cut = 1; cut < text.length; cut += 1) {
      const reader = new ResponseReader();
      expect(reader.read(Buffer.from(text.slice(0, cut)))).toBeUndefined();
      expect(reader.read(Buffer.from(text.slice(cut)))).toEqual(received);
      expect(reader.read(Buffer.from(SIZED))).toEqual({ status: 200, bodyBytes: 7 });
    }
});

test('an answer that ends with its connection is refused', () => {
  const text = 'HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{"a":1}';
  expect(() => new ResponseReader().read(Buffer.from(text))).toThrow('ends nobody knows where');
});
