/** What no log line and no answer may hold: JWTs, Clerk's keys and tokens, its cookies, webhook secrets. */
const SECRETS =
  /eyJ[\w-]{8,}\.[\w-]+\.[\w-]*|\bsk_(?:live|test)_\w+|\b(?:ak|mt|oat)_(?:local|junk)_\w+|\bwhsec_[\w+/=]+|\b__(?:session|client|refresh)[\w-]*=[\w.-]+/g;

const found: string[] = [];

/** Notes what an output holds that it may not. */
export function lookForLeaks(where: string, output: string): void {
  for (const [secret] of output.matchAll(SECRETS))
    found.push(`${where}: ${secret.slice(0, 20)}… in ${output}`);
}

/** What was found so far. Whoever takes it has expected it. */
export function takeLeaks(): string[] {
  return found.splice(0);
}
