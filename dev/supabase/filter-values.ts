import { randomUUID } from 'node:crypto';

/** A request's URL with stand-ins for its filter values, and what brings the values back. */
export interface HiddenFilterValues {
  readonly url: string;
  /** Puts the values back into a parameter of the SQL that the library made of the URL. */
  readonly reveal: (parameter: unknown) => unknown;
}

/** Nobody outside this process knows it, so no row and no other value holds a stand-in. */
const SECRET = randomUUID().replaceAll('-', '');
const STAND_IN = new RegExp(`value_${SECRET}_(\\d+)_`, 'g');

const COMPARISON = '(?:eq|neq|gte?|lte?|i?like)\\.';
/** PostgREST takes quotes for quotes only where the value ends with them. */
const QUOTED = '"(?:\\\\.|[^"\\\\])*"(?=[,)]|$)';
const LIST_ITEM = new RegExp(`(?<=^|,)(?:${QUOTED}|[^,]*)`, 'gs');

/** A filter of its own, such as `title=not.eq.a` or `title=in.(a,"b")`. */
const PLAIN_COMPARISON = new RegExp(`^((?:not\\.)?${COMPARISON})(.*)$`, 's');
const PLAIN_LIST = /^((?:not\.)?in\.)\((.*)\)$/s;

/** A filter in a logic tree, such as `or=(title.eq."a",title.in.(a,"b"))`. */
const LOGIC_KEY = /(?:^|\.)(?:and|or)$/;
const LOGIC_FILTER = new RegExp(
  `(?<=\\.)(?:(${COMPARISON})(${QUOTED}|[^,)]*)|in\\.\\(((?:${QUOTED}|[^)])*)\\))`,
  'gs',
);

/**
 * Takes the values out of PostgREST's filters.
 *
 * The library's parser (0.10.0) stumbles over `\"`, `\\` and `)` in quoted values, and reads values such as
 * `null`, `1.50`, `"a"` and `{a}` as something else than the text that PostgREST compares with. It gets
 * stand-ins instead, and Postgres the values.
 */
export function hideFilterValues(url: string): HiddenFilterValues {
  const values: string[] = [];
  const hide = (value: string) => `value_${SECRET}_${values.push(value) - 1}_`;

  const comparison = (operator: string, value: string) =>
    operator + hide(operator.endsWith('like.') ? value.replaceAll('*', '%') : value);
  const list = (items: string) =>
    items === '' ? '()' : `(${items.replace(LIST_ITEM, (item) => hide(unquote(item)))})`;

  const plain = (filter: string) =>
    PLAIN_LIST.test(filter)
      ? filter.replace(PLAIN_LIST, (_, operator: string, items: string) => operator + list(items))
      : filter.replace(PLAIN_COMPARISON, (_, operator: string, value: string) => comparison(operator, value));
  const logic = (tree: string) =>
    tree.replace(LOGIC_FILTER, (_, operator: string | undefined, value = '', items = '') =>
      operator === undefined ? `in.${list(items)}` : comparison(operator, unquote(value)),
    );

  const hidden = new URL(url);
  hidden.search = new URLSearchParams(
    [...hidden.searchParams].map(([key, value]) => [key, LOGIC_KEY.test(key) ? logic(value) : plain(value)]),
  ).toString();
  return {
    url: hidden.href,
    reveal: (parameter) =>
      typeof parameter === 'string'
        ? parameter.replace(STAND_IN, (standIn, index: string) => values[Number(index)] ?? standIn)
        : parameter,
  };
}

/** What PostgREST understands by `"a\"b"`: a"b. What is not quoted from end to end means itself. */
function unquote(text: string): string {
  const [, content] = /^"((?:\\.|[^"\\])*)"$/s.exec(text) ?? [];
  return content === undefined ? text : content.replace(/\\(.)/gs, '$1');
}
