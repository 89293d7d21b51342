import { SERVERS } from '../servers';
import { digits } from './format';
import type { Results } from './results';

/** Sizes in pixels. */
const [WIDTH, LEFT, RIGHT, TOP, ROW, BAR] = [760, 190, 60, 64, 26, 16];

/** Ends of the scale: throughput in units of the seed's REST sample. */
const [LEAST, MOST] = [0.5, 200];
const TICKS = [0.5, 1, 2, 5, 10, 20, 50, 100, 200];

const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .title { font-weight: 600; font-size: 15px; }
  .quiet { fill: #59636e; font-size: 12px; }
  .grid { stroke: #d1d9e0; }
  .peer { fill: #8c959f; }
  .gateway { fill: #0969da; }
  .limit { fill: #d1d9e0; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; }
    .quiet { fill: #9198a1; }
    .grid { stroke: #3d444d; }
    .peer { fill: #656c76; }
    .gateway { fill: #4493f8; }
    .limit { fill: #3d444d; }
  }`;

/** Throughput of all servers with \`viewer-id\` over 32 connections as bars on a logarithmic scale; light and dark. */
export function plot({ operations }: Results): string {
  const bars = Object.entries(operations['viewer-id']?.servers ?? {})
    .flatMap(([name, { ratioToSeed }]) => (ratioToSeed === null ? [] : [{ name, ratio: ratioToSeed }]))
    .sort((one, other) => other.ratio - one.ratio);
  const bottom = TOP + bars.length * ROW;
  const lines = TICKS.map(
    (tick) =>
      `<line class="grid" x1="${x(tick)}" x2="${x(tick)}" y1="${TOP - 6}" y2="${bottom}"/>` +
      `<text class="quiet" x="${x(tick)}" y="${bottom + 18}" text-anchor="middle">${tick}</text>`,
  );
  const rows = bars.map(({ name, ratio }, index) => {
    const y = TOP + index * ROW;
    const kind = SERVERS.find((server) => server.name === name)?.kind ?? 'peer';
    const weight = kind === 'gateway' ? ' font-weight="600"' : '';
    return (
      `<text x="${LEFT - 10}" y="${y + BAR - 3}" text-anchor="end"${weight}>${name}</text>` +
      `<rect class="${kind}" x="${LEFT}" y="${y}" width="${Math.max(1, x(ratio) - LEFT)}" height="${BAR}" rx="2"/>` +
      `<text x="${x(ratio) + 6}" y="${y + BAR - 3}"${weight}>${digits(ratio)}</text>`
    );
  });
  const height = bottom + 46;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Throughput of the gateway, its peers and bare limits, relative to a REST handler with Clerk in Next">`,
    `<style>${STYLE}\n</style>`,
    '<text class="title" x="10" y="22">Throughput, { viewer { id } } with a session token, one core, 32 connections</text>',
    '<text class="quiet" x="10" y="42">in units of a REST handler with Clerk in Next; faint: limits that do less</text>',
    ...lines,
    ...rows,
    `<text class="quiet" x="${WIDTH - RIGHT}" y="${height - 8}" text-anchor="end">logarithmic scale, more is better</text>`,
    '</svg>',
    '',
  ].join('\n');
}

function x(ratio: number): number {
  const share = Math.log(Math.max(ratio, LEAST) / LEAST) / Math.log(MOST / LEAST);
  return Math.round(LEFT + share * (WIDTH - LEFT - RIGHT));
}
