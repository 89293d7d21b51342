import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino';
import pretty from 'pino-pretty';
import { type LogFormat, type LogLevel, processConfig } from './env';
import { blockOutput } from './log-output';
import { scrub } from './scrub';

/** Where the gateway writes to: a structured line an event. */
export type Logger = Pick<PinoLogger, 'error' | 'warn' | 'info' | 'debug'>;

/**
 * Writes JSON lines, or lines for people to read, to standard output by default. Errors are written without anything that
 * looks like a token or a key.
 */
export function createLogger(level: LogLevel, format: LogFormat, destination?: DestinationStream): Logger {
  return pino(
    { level, base: null, serializers: { error: serializeError } },
    destination ?? (format === 'pretty' ? prettyOutput() : sharedOutput()),
  );
}

/** The log of this process, as the environment configures it. @throws {EnvironmentError} where it does not. */
export function processLogger(): Logger {
  const { logLevel, logFormat } = processConfig();
  return createLogger(logLevel, logFormat);
}

let output: DestinationStream | undefined;

/** One for all loggers: two would write into each other's lines. */
function sharedOutput(): DestinationStream {
  output ??= blockOutput();
  return output;
}

/** In this thread: a worker of its own would not survive the bundling of a route handler. */
function prettyOutput(): DestinationStream {
  return pretty({
    sync: true,
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'requestId,document',
  });
}

/** Name, message, stack and causes of an error; no other property, since SDKs hang requests and keys on theirs. */
function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return scrub(String(error));
  return {
    name: error.name,
    message: scrub(error.message),
    ...('code' in error ? { code: String(error.code) } : {}),
    ...('status' in error ? { status: Number(error.status) } : {}),
    ...(error.stack === undefined ? {} : { stack: scrub(error.stack) }),
    ...(error.cause === undefined ? {} : { cause: serializeError(error.cause) }),
  };
}
