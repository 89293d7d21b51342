import { expect, test } from 'vitest';
import { Judge, operationsOf } from '../../bench/lifecycle/operations';

const [OPERATION] = operationsOf([{ id: 'user_2x', firstName: 'Ada', token: 'x' }]);
const ALL_WELL = {
  data: { viewer: { id: 'user_2x', firstName: 'Ada' }, externalData: { tasks: { totalCount: 3 } } },
};

const reply = (answer: unknown, status = 200) => ({ status, text: JSON.stringify(answer) });
const error = (path: string[], code: string) => ({ message: '…', path, extensions: { code } });

function verdictOn(answer: unknown, status = 200): string {
  if (OPERATION === undefined) throw new Error('There are no operations.');
  const judge = new Judge();
  judge.learn(OPERATION, reply(ALL_WELL));
  return judge.judge(OPERATION, reply(answer, status)).kind;
}

const NAME_MISSING = { ...ALL_WELL.data, viewer: { id: 'user_2x', firstName: null } };

test('the answer that came while all was well is right', () => {
  expect(verdictOn(ALL_WELL)).toBe('right');
});

test.each([
  [{ data: NAME_MISSING, errors: [error(['viewer', 'firstName'], 'UPSTREAM_TIMEOUT')] }],
  [
    {
      data: { ...ALL_WELL.data, externalData: { tasks: null } },
      errors: [error(['externalData', 'tasks'], 'RATE_LIMITED')],
    },
  ],
])('an answer that says why something is missing is coded', (answer) => {
  expect(verdictOn(answer)).toBe('coded');
});

test.each([
  ['another answer', { data: { ...ALL_WELL.data, viewer: { id: 'user_2y', firstName: 'Ada' } } }],
  ['null without an error', { data: NAME_MISSING }],
  [
    'null with an error of another field',
    { data: NAME_MISSING, errors: [error(['externalData'], 'UPSTREAM_TIMEOUT')] },
  ],
  [
    'a code that no source has',
    { data: NAME_MISSING, errors: [error(['viewer', 'firstName'], 'INTERNAL_SERVER_ERROR')] },
  ],
  [
    'an error beside the whole answer',
    { ...ALL_WELL, errors: [error(['viewer', 'firstName'], 'UPSTREAM_TIMEOUT')] },
  ],
  ['no GraphQL', '<h1>'],
])('%s is wrong', (_what, answer) => {
  expect(verdictOn(answer)).toBe('wrong');
});

test('another status is wrong', () => {
  expect(verdictOn(ALL_WELL, 500)).toBe('wrong');
});
