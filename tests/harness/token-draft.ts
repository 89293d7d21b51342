import { constants, createHmac, type KeyObject, sign } from 'node:crypto';

/** A member of a JSON object, its value as text: members may be odd, and there twice. */
export type Member = readonly [name: string, json: string];

/** A token before it is signed, for tokens that no library would make. */
export interface TokenDraft {
  readonly header: readonly Member[];
  readonly claims: readonly Member[];
  /** Whose signature it gets, and by which algorithm whatever its header says. */
  readonly signing: Signing;
  /** How parts of it are spelled, one after the other. Header and claims are signed as they are spelled. */
  readonly spellings: readonly Spelling[];
}

export const SIGNINGS = [
  'instance',
  'stranger',
  'RS384',
  'RS512',
  'PS256',
  'public key as secret',
  'none',
  'over something else',
] as const;
export type Signing = (typeof SIGNINGS)[number];

export const PARTS = ['header', 'claims', 'signature'] as const;
type Part = (typeof PARTS)[number];

export const WAYS = [
  'padded',
  'loose end',
  'cut by one',
  'cut by three',
  'other alphabet',
  'foreign character',
  'empty',
  'doubled',
  'byte-order mark',
  'white space',
  'no UTF-8',
  'array',
  'null',
  'no JSON',
] as const;

export interface Spelling {
  readonly part: Part;
  readonly way: (typeof WAYS)[number];
}

/** Keys that sign: the instance's, and one that has nothing to do with it. */
export interface SigningPair {
  readonly instance: KeyObject;
  readonly stranger: KeyObject;
  /** The instance's public key, PEM. */
  readonly pem: string;
}

export function mintDraft(draft: TokenDraft, keys: SigningPair): string {
  const spelled = (part: Part, bytes: Uint8Array) =>
    draft.spellings
      .filter((spelling) => spelling.part === part)
      .reduce((text, { way }) => respell(text, way), Buffer.from(bytes).toString('base64url'));
  const jsonOf = (members: readonly Member[]) =>
    Buffer.from(`{${members.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`);
  const signed = `${spelled('header', jsonOf(draft.header))}.${spelled('claims', jsonOf(draft.claims))}`;
  return `${signed}.${spelled('signature', signatureOf(signed, draft.signing, keys))}`;
}

function signatureOf(signed: string, signing: Signing, { instance, stranger, pem }: SigningPair): Uint8Array {
  const bytes = Buffer.from(signed);
  switch (signing) {
    case 'instance':
      return sign('RSA-SHA256', bytes, instance);
    case 'stranger':
      return sign('RSA-SHA256', bytes, stranger);
    case 'RS384':
      return sign('RSA-SHA384', bytes, instance);
    case 'RS512':
      return sign('RSA-SHA512', bytes, instance);
    case 'PS256':
      return sign('RSA-SHA256', bytes, { key: instance, padding: constants.RSA_PKCS1_PSS_PADDING });
    case 'public key as secret':
      return createHmac('sha256', pem).update(bytes).digest();
    case 'none':
      return new Uint8Array();
    case 'over something else':
      return sign('RSA-SHA256', Buffer.from(`${signed}x`), instance);
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function respell(text: string, way: Spelling['way']): string {
  const bytes = Buffer.from(text, 'base64url');
  const encoded = (...parts: (string | Uint8Array)[]) =>
    Buffer.concat(parts.map((part) => Buffer.from(part))).toString('base64url');
  switch (way) {
    case 'padded':
      return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
    case 'loose end':
      return loosen(text);
    case 'cut by one':
      return text.slice(0, -1);
    case 'cut by three':
      return text.slice(0, -3);
    case 'other alphabet':
      return text.replaceAll('-', '+').replaceAll('_', '/');
    case 'foreign character':
      return `${text.slice(0, 8)}~${text.slice(8)}`;
    case 'empty':
      return '';
    case 'doubled':
      return `${text}.${text}`;
    case 'byte-order mark':
      return encoded(new Uint8Array([0xef, 0xbb, 0xbf]), bytes);
    case 'white space':
      return encoded('\n\t ', bytes, ' ');
    case 'no UTF-8':
      return encoded(bytes.subarray(0, -1), ',"x":"', new Uint8Array([0xff]), '"}');
    case 'array':
      return encoded('[', bytes, ']');
    case 'null':
      return encoded('null');
    case 'no JSON':
      return encoded(bytes, '}');
  }
}

/** The same bytes, with a bit set that belongs to none of them, where the last character has one. */
function loosen(text: string): string {
  const last = ALPHABET.indexOf(text.slice(-1));
  return text.length % 4 < 2 ? text : text.slice(0, -1) + ALPHABET.charAt(last + 1);
}
