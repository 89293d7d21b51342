import fc from 'fast-check';
import { type ExecutionResult, GraphQLError, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { type PlannedOperation, planOperation, referenceOperation } from '../../gateway/execution';
import { fickleSchema } from '../harness/fickle-schema';
import { randomOperation } from '../harness/random-operation';
import { collectUnhandledRejections } from '../harness/unhandled-rejections';

/** Deterministic: a failing run can be repeated, and is shrunk to what matters. */
const SEED = 20_261_125;
const CASES = 10_000;

/** Numbers to draw from. After the last there are only zeros: a shorter tape is a simpler case. */
const tape = fc.noBias(fc.array(fc.nat(9_999), { size: 'max', maxLength: 400 }));

function drawFrom(numbers: readonly number[]): (below: number) => number {
  let drawn = 0;
  return (below) => {
    const number = numbers[drawn] ?? 0;
    drawn += 1;
    return below === 0 ? 0 : number % below;
  };
}

const behaviour = fc.record({
  seed: fc.nat(),
  faults: fc.constantFrom(0, 3, 10, 30),
  late: fc.constantFrom(0, 20, 60),
});

type Behaviour = typeof behaviour extends fc.Arbitrary<infer T> ? T : never;

/** All that can be seen of an execution: the result, and what the resolvers were asked. */
async function observe(
  operation: PlannedOperation,
  how: Behaviour,
  variables: Readonly<Record<string, unknown>>,
) {
  const calls: string[] = [];
  const given = operation.execute({ contextValue: { ...how, calls }, variables });
  const late = given instanceof Promise;
  const result = await given;
  // What nobody handles is known after that.
  await new Promise(setImmediate);
  return { late, calls, text: JSON.stringify(result), parts: Object.keys(result), errors: details(result) };
}

function details({ errors = [] }: ExecutionResult) {
  return errors.map((error) => ({
    isOurs: error instanceof GraphQLError,
    message: error.message,
    path: error.path,
    locations: error.locations,
    nodes: error.nodes?.map(({ loc }) => loc?.start),
    extensions: error.extensions,
    cause: error.originalError && `${error.originalError.name}: ${error.originalError.message}`,
  }));
}

test(`${CASES} made-up operations give what graphql-js gives, and ask the resolvers the same in the same order`, {
  timeout: 300_000,
}, async () => {
  const seen = { atOnce: 0, late: 0, refused: 0, failed: 0, answered: 0, calls: 0 };
  const unhandled = collectUnhandledRejections();
  try {
    await fc.assert(
      fc.asyncProperty(tape, behaviour, behaviour, async (numbers, first, second) => {
        const { source, operationName, variables } = randomOperation(fickleSchema, drawFrom(numbers));
        const document = parse(source);
        expect(validate(fickleSchema, document), source).toEqual([]);
        const plan = planOperation(fickleSchema, document, operationName);
        const reference = referenceOperation(fickleSchema, document, operationName);
        // The same plan: what it remembers must not show.
        for (const [execution, how] of [first, second].entries()) {
          const given = variables[execution] ?? {};
          unhandled.take();
          const planned = await observe(plan, how, given);
          expect(unhandled.take(), source).toEqual([]);
          expect(planned, source).toEqual(await observe(reference, how, given));
          seen.calls += planned.calls.length;
          seen[planned.late ? 'late' : 'atOnce'] += 1;
          if (!planned.parts.includes('data')) seen.refused += 1;
          else seen[planned.errors.length > 0 ? 'failed' : 'answered'] += 1;
        }
      }),
      { seed: SEED, numRuns: CASES, endOnFailure: false },
    );
  } finally {
    unhandled.stop();
  }
  // What was made up reached every part.
  for (const [kind, times] of Object.entries(seen)) expect(times, kind).toBeGreaterThan(1_000);
  expect(seen.calls).toBeGreaterThan(5 * CASES);
});
