import { type Answer, answerClassFor } from './answer-class';
import { executeField } from './execute-field';
import { isPromise } from './is-promise';
import type { Place } from './place';
import type { FieldPlan } from './plan';
import type { Run } from './run';

/** The fields that are selected of the objects of one type. */
export class Selection {
  readonly #fields: readonly FieldPlan[];
  readonly #Answer: new () => Answer;

  constructor(fields: readonly FieldPlan[]) {
    this.#fields = fields;
    this.#Answer = answerClassFor(fields.map(({ responseName }) => responseName));
  }

  /** All fields at once. */
  execute(run: Run, source: unknown, parent: Place | undefined): Answer | Promise<Answer> {
    const answer = new this.#Answer();
    let pending = false;
    try {
      for (const field of this.#fields) {
        const plain = field.plainRead?.(run, source);
        if (plain !== undefined) {
          answer[field.responseName] = plain;
          continue;
        }
        const value = executeField(field, run, source, parent);
        answer[field.responseName] = value;
        if (isPromise(value)) pending = true;
      }
    } catch (error) {
      if (!pending) throw error;
      // Not before the others are done: one of them may be rejected, which nobody else would see.
      return settled(answer).finally(() => {
        throw error;
      });
    }
    return pending ? settled(answer) : answer;
  }

  /** One field after the other, each when what came of the one before is known. */
  executeSerially(run: Run, source: unknown): Answer | PromiseLike<Answer> {
    const answer = new this.#Answer();
    let done: Answer | PromiseLike<Answer> = answer;
    for (const field of this.#fields)
      done = isPromise(done)
        ? done.then(() => add(field, run, source, answer))
        : add(field, run, source, answer);
    return done;
  }
}

/** Adds what a field gives to the answer. */
function add(field: FieldPlan, run: Run, source: unknown, answer: Answer): Answer | PromiseLike<Answer> {
  const value = executeField(field, run, source, undefined);
  if (isPromise(value))
    return value.then((known) => {
      answer[field.responseName] = known;
      return answer;
    });
  answer[field.responseName] = value;
  return answer;
}

/** The answer with the values that it has promises of. */
function settled(answer: Answer): Promise<Answer> {
  return Promise.all(Object.values(answer)).then((values) => {
    for (const [index, name] of Object.keys(answer).entries()) answer[name] = values[index];
    return answer;
  });
}
