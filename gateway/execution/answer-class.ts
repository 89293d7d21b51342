/** An object of the answer. It has no prototype to speak of: any name may be an alias, `__proto__` too. */
export type Answer = Record<string, unknown>;

/** Classes that are kept. Whoever sends documents chooses the names in them. */
const MAX_CLASSES = 1_000;

const classes = new Map<string, new () => Answer>();

/** What has no class of its own: its objects are slower to write and to read. */
const AnyAnswer = answerClass();

/**
 * The class of objects with these names, in this order. An engine gives the objects of a class a layout, with the properties that its
 * first objects had; those of `Object.create(null)` are hash tables, three times slower to write and to read. Selections of the same
 * names share a class: what handles objects of thousands of classes gets slow for each of them.
 */
export function answerClassFor(names: readonly string[]): new () => Answer {
  const key = names.join(' ');
  const known = classes.get(key);
  if (known !== undefined) return known;
  if (classes.size >= MAX_CLASSES) return AnyAnswer;
  const made = answerClass();
  classes.set(key, made);
  return made;
}

function answerClass(): new () => Answer {
  class Answer {
    [responseName: string]: unknown;
  }
  Object.setPrototypeOf(Answer.prototype, null);
  Reflect.deleteProperty(Answer.prototype, 'constructor');
  return Answer;
}
