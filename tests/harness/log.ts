import { Writable } from 'node:stream';
import { createLogger, type Logger } from '../../gateway/logger';
import { lookForLeaks } from './leaks';

/** A line of the log, as it was written. */
export type LogEntry = Readonly<Record<string, unknown>>;

/** The gateway's own logger, writing into a list. */
export function captureLog(): { logger: Logger; entries: LogEntry[] } {
  const entries: LogEntry[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lookForLeaks('the log', chunk.toString());
      entries.push(JSON.parse(chunk.toString()));
      done();
    },
  });
  return { logger: createLogger('debug', 'json', destination), entries };
}
