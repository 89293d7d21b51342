import type { Reverification } from '../sources/ports';
import type { Scopes, TokenType } from './scopes';

type Words = { readonly [Scope in keyof Scopes]: (value: Scopes[Scope]) => string };

const TOKEN_TYPES: Readonly<Record<TokenType, string>> = {
  session_token: 'a signed-in user',
  api_key: 'a program with an API key',
  m2m_token: 'a machine with an M2M token',
  oauth_token: 'a program with an OAuth token',
};

const WORDS: Words = {
  authenticated: () => 'anybody with a valid token',
  tokenType: (type) => TOKEN_TYPES[type],
  tokenScope: (scope) => `a program granted the scope \`${scope}\``,
  signedIn: () => 'a signed-in user',
  role: (role) => `with the role \`${role}\``,
  permission: (permission) => `with the permission \`${permission}\``,
  feature: (feature) => `with the feature \`${feature}\``,
  plan: (plan) => `on the plan \`${plan}\``,
  reverification: ({ level, afterMinutes }: Reverification) =>
    `who confirmed a ${level.replace('_', ' ')} in the last ${afterMinutes} minutes`,
  inPerson: () => 'acting in person (no impersonation)',
};

/** A map of scopes in words, for readers of the schema; `undefined` where it asks for nothing. */
export function scopesInWords(scopes: object): string | undefined {
  const words = Object.entries(scopes).flatMap(([name, value]) => scopeInWords(name, value) ?? []);
  return words.length === 0 ? undefined : words.join(', ');
}

function scopeInWords(name: string, value: unknown): string | undefined {
  if (value === false || value === null || value === undefined) return undefined;
  if ((name === '$any' || name === '$all') && typeof value === 'object') {
    const [separator, parts] = [name === '$any' ? ' or ' : ' and ', Object.entries(value)];
    const words = parts.flatMap(([part, partValue]) => scopeInWords(part, partValue) ?? []);
    return words.length === 0 ? undefined : words.join(separator);
  }
  const inWords = Object.entries(WORDS).find(([scope]) => scope === name)?.[1];
  // Each scope's words take that scope's value, which the builder's types have checked.
  return inWords === undefined ? `${name}: ${JSON.stringify(value)}` : inWords(value as never);
}
