import { readFileSync } from 'node:fs';

/** Of Linux, on every machine that Node runs on. */
const TICKS_PER_SECOND = 100;

/** What a process holds of memory now, in MB. Undefined where the system does not tell as Linux does. */
export function residentMb(pid: number | undefined): number | undefined {
  const kilobytes = /^VmRSS:\s*(\d+) kB/m.exec(read(pid, 'status'))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}

/** What a process has used of the processor so far, in seconds. Undefined where the system does not tell as Linux does. */
export function cpuSeconds(pid: number | undefined): number | undefined {
  const stat = read(pid, 'stat');
  // The name before it, in parentheses, may hold anything. Then the state and ten others, user time and system time.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  return Number.isNaN(ticks) ? undefined : ticks / TICKS_PER_SECOND;
}

function read(pid: number | undefined, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
