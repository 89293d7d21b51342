import { parseArgs } from 'node:util';
import { type LargeReport, measureLarge, type Phase } from './large/large';
import type { Writing } from './large/titles';
import { reportFailure } from './lifecycle/command';

/**
 * `npm run bench:large -- [--seconds 8] [--profile]`: what others notice of answers of 10 MB, in characters of one byte and of two.
 * Exits with 1 where answers are wrong or memory grows. With `--profile` the server writes CPU profiles into `.profile`.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { seconds: { type: 'string', default: '8' }, profile: { type: 'boolean', default: false } },
  });
  const writings: readonly Writing[] = ['plain', 'wide'];
  const nodeArguments = values.profile ? ['--cpu-prof', '--cpu-prof-dir=.profile'] : [];
  for (const writing of writings) {
    const report = await measureLarge(writing, Number(values.seconds), nodeArguments);
    process.stdout.write(`${linesOf(writing, report).join('\n')}\n\n`);
    if (report.failures.length > 0) process.exitCode = 1;
  }
}

function linesOf(writing: Writing, { answerBytes, phases, failures }: LargeReport): string[] {
  const quiet = phases.find(({ name }) => name === 'quiet');
  return [
    `Answers of ${megabytes(answerBytes)} MB, ${writing} text; times in ms, memory in MB`,
    row([
      '',
      'answers',
      'each',
      'loop p50',
      'p99',
      'max',
      'others p50',
      'p99',
      'max',
      'peak',
      'held',
      'to quiet',
    ]),
    ...phases.map((phase) => row(cellsOf(phase, quiet))),
    ...(failures.length > 0 ? failures : ['All is well.']),
  ];
}

function cellsOf(
  { name, answers, medianMs, others, health, peakMb }: Phase,
  quiet: Phase | undefined,
): string[] {
  const { loop, held } = health;
  const [p50, p99] = [
    others.p50 / (quiet?.others.p50 ?? Number.NaN),
    others.p99 / (quiet?.others.p99 ?? Number.NaN),
  ];
  return [
    name,
    String(answers),
    medianMs.toFixed(0),
    ...[loop.p50, loop.p99, loop.max, others.p50, others.p99, others.max].map((ms) => ms.toFixed(1)),
    peakMb.toFixed(0),
    megabytes(held),
    `p50 × ${p50.toFixed(1)}, p99 × ${p99.toFixed(1)}`,
  ];
}

const row = ([name = '', ...cells]: readonly string[]) =>
  `${name.padEnd(13)} ${cells.map((cell) => cell.padStart(10)).join(' ')}`;

const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);

main().catch(reportFailure);
