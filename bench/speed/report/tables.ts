import { COLD_TOKEN_ABOUT } from '../cold-tokens';
import { SERIES } from '../growth-series';
import { SERVERS } from '../servers';
import { digits, table } from './format';
import type { Results, ServerResult } from './results';

/** A table for each operation. */
export function operationTables(
  results: Results,
  about: Readonly<Record<string, string>>,
): readonly string[] {
  const texts: Readonly<Record<string, string>> = { ...about, ...COLD_TOKEN_ABOUT };
  return Object.entries(results.operations).map(
    ([name, { servers }]) => `### ${name}\n\n${capital(texts[name] ?? '')}.\n\n${operationTable(servers)}`,
  );
}

function operationTable(servers: Readonly<Record<string, ServerResult>>): string {
  const connections = [
    ...new Set(Object.values(servers).flatMap(({ concurrency }) => Object.keys(concurrency))),
  ].sort((one, other) => Number(one) - Number(other));
  const hasSource = Object.values(servers).some(({ sourceMs }) => sourceMs !== undefined);
  const head = [
    'server',
    ...connections.map((count) => `× seed at ${count}`),
    'requests/s at 32 (rounds)',
    ...connections.map((count) => `p50 / p99 ms at ${count}`),
    ...(hasSource ? ['ms without the source at 1'] : []),
    'MB',
  ];
  const rows = Object.entries(servers).map(([name, result]) => {
    const { rps, leastRps, mostRps, rssMb, concurrency } = result;
    const alone = concurrency['1'];
    return [
      name,
      ...connections.map((count) => digitsOr(concurrency[count]?.ratioToSeed)),
      `${Math.round(rps)} (${Math.round(leastRps)}–${Math.round(mostRps)})`,
      ...connections.map((count) => {
        const own = concurrency[count];
        return own === undefined ? '' : `${digits(own.p50)} / ${digits(own.p99)}`;
      }),
      ...(hasSource
        ? [digitsOr(alone?.sourceMs === undefined ? undefined : alone.p50 - alone.sourceMs)]
        : []),
      rssMb === null ? '' : String(Math.round(rssMb)),
    ];
  });
  return table(head, rows);
}

/** What each server is, and how long it takes to start. */
export function serverTable({ startupMs }: Results): string {
  const rows = SERVERS.flatMap(({ name, about }) => {
    const ms = startupMs[name];
    return ms === undefined ? [] : [[`${name}: ${about}`, digits(ms)]];
  });
  return table(['', 'starts in ms'], rows);
}

export function growthTables({ growth }: Results): readonly string[] {
  return SERIES.flatMap(({ name, about }) => {
    const points = growth.filter(({ series }) => series === name);
    if (points.length === 0) return [];
    const rows = points.map(({ server, size, rps, least, most, p50, p99, rssMbByRound }) => [
      server,
      String(size),
      `${Math.round(rps)} (${Math.round(least)}–${Math.round(most)})`,
      digits(p50),
      digits(p99),
      rssMbByRound.map(Math.round).join(', '),
    ]);
    const head = ['server', name, 'requests/s (rounds)', 'p50 ms', 'p99 ms', 'MB after each round'];
    return [`### Growth: ${about}\n\n${table(head, rows)}`];
  });
}

/** What must hold, and whether it does. */
export function mustHoldTable({ musthold }: Results): string {
  const rows = musthold.map(({ name, value, target, bound, holds }) => [
    `${holds ? '✓' : '✗'} ${name}`,
    digits(value),
    `${bound} ${digits(target)}`,
  ]);
  return table(['', 'measured', 'has to be'], rows);
}

function digitsOr(value: number | null | undefined): string {
  return value === null || value === undefined ? '' : digits(value);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
