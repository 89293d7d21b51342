/** Where a request's time can go, in the order in which a table has them. */
export const STAGES = [
  'Next',
  "Clerk's SDK",
  'crypto: WebCrypto and node:crypto',
  'Yoga and its adapter',
  'GraphQL: parse, validate, execute',
  'Pothos',
  "the server's own code",
  'other packages',
  'logging',
  'Node: Request, Response and web streams',
  'Node: http, net, streams, timers, the rest',
  'V8 and system calls that no function is named for',
  'garbage collection',
  "unattributed in Next's bundle",
] as const;

export type Stage = (typeof STAGES)[number];

/** Where neither a function nor any of its callers has a file. */
export const UNNAMED: Stage = 'V8 and system calls that no function is named for';

/** Node's own files, by the start of their names. The first that fits counts. */
const NODE_FILES: readonly (readonly [string, Stage])[] = [
  ['node:internal/crypto', 'crypto: WebCrypto and node:crypto'],
  ['node:crypto', 'crypto: WebCrypto and node:crypto'],
  ['node:internal/deps/undici', 'Node: Request, Response and web streams'],
  ['node:internal/webstreams', 'Node: Request, Response and web streams'],
  ['node:', 'Node: http, net, streams, timers, the rest'],
];

/** Packages, by the start of their names. The first that fits counts. */
const PACKAGES: readonly (readonly [string, Stage])[] = [
  ['next', 'Next'],
  ['@next/', 'Next'],
  ['react', 'Next'],
  ['@clerk/', "Clerk's SDK"],
  ['graphql-yoga', 'Yoga and its adapter'],
  ['@graphql-yoga/', 'Yoga and its adapter'],
  ['@whatwg-node/', 'Yoga and its adapter'],
  ['@envelop/', 'Yoga and its adapter'],
  ['graphql', 'GraphQL: parse, validate, execute'],
  ['@graphql-tools/', 'GraphQL: parse, validate, execute'],
  ['@pothos/', 'Pothos'],
  ['pino', 'logging'],
  ['sonic-boom', 'logging'],
  ['safe-stable-stringify', 'logging'],
];

/**
 * The stage of a file, as a profile or a source map names it. Undefined where the name says nothing: a function that is built into V8, whose
 * time belongs to whoever called it.
 */
export function stageOfFile(file: string): Stage | undefined {
  if (file === '') return undefined;
  if (file.startsWith('node:')) return firstFit(NODE_FILES, file);
  const inPackage = /.*node_modules\/(.+)$/.exec(file)?.[1];
  if (inPackage !== undefined) return firstFit(PACKAGES, inPackage) ?? 'other packages';
  if (/\/chunks?\//.test(file) || file.includes('[turbopack]') || file.includes('turbopack:///[next]'))
    return "unattributed in Next's bundle";
  return "the server's own code";
}

/** Whether a stage is one of Node's, which others call. Crypto is one by itself: everybody knows who calls it. */
export function servesOthers(stage: Stage): boolean {
  return stage.startsWith('Node: ');
}

/** The stage of what is no function at all, by the name that V8 gives it. `idle` is none. */
export function stageOfPseudoFunction(name: string): Stage | 'idle' | undefined {
  if (name === '(garbage collector)') return 'garbage collection';
  if (name === '(program)') return UNNAMED;
  return name === '(idle)' ? 'idle' : undefined;
}

function firstFit(rules: readonly (readonly [string, Stage])[], name: string): Stage | undefined {
  return rules.find(([start]) => name.startsWith(start))?.[1];
}
