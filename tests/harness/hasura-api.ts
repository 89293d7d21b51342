import { buildSchema, graphql } from 'graphql';
import { errors } from 'jose';
import { type ApiData, type ApiRow, passes, rowsFor, sorted } from './api-rows';
import { type ApiAnswer, type ApiCall, type ApiServer, startApi } from './api-servers';

/** What Hasura makes of a table `notices`, as far as rows are read. */
const SCHEMA = buildSchema(`
  schema { query: query_root }
  scalar uuid
  scalar timestamptz
  type query_root {
    notices(where: notices_bool_exp, order_by: [notices_order_by!], limit: Int, offset: Int): [notices!]!
    notices_aggregate(where: notices_bool_exp): notices_aggregate!
  }
  type notices { id: uuid! title: String! done: Boolean! created_at: timestamptz! }
  type notices_aggregate { aggregate: notices_aggregate_fields }
  type notices_aggregate_fields { count: Int! }
  input notices_bool_exp {
    _and: [notices_bool_exp!] _or: [notices_bool_exp!] _not: notices_bool_exp
    id: uuid_comparison_exp title: String_comparison_exp done: Boolean_comparison_exp
    created_at: timestamptz_comparison_exp
  }
  input uuid_comparison_exp { _eq: uuid _gt: uuid _gte: uuid _lt: uuid _lte: uuid _in: [uuid!] }
  input String_comparison_exp { _eq: String _gt: String _gte: String _lt: String _lte: String _in: [String!] }
  input Boolean_comparison_exp { _eq: Boolean _gt: Boolean _gte: Boolean _lt: Boolean _lte: Boolean _in: [Boolean!] }
  input timestamptz_comparison_exp {
    _eq: timestamptz _gt: timestamptz _gte: timestamptz _lt: timestamptz _lte: timestamptz _in: [timestamptz!]
  }
  enum order_by { asc desc }
  input notices_order_by { id: order_by title: order_by done: order_by created_at: order_by }
`);

/** A GraphQL API in Hasura's dialect that serves the table `notices`. Like Hasura it tells of errors under 200. */
export function startHasuraApi(data: ApiData): Promise<ApiServer> {
  return startApi(async (call) => {
    try {
      return await answer(call, await rowsFor(data, call.headers.authorization));
    } catch (error) {
      if (error instanceof errors.JWTExpired) return invalidToken('Could not verify JWT: JWTExpired');
      if (error instanceof errors.JOSEError)
        return invalidToken('Could not verify JWT: JWSError JWSInvalidSignature');
      throw error;
    }
  });
}

interface Arguments {
  readonly where?: Expression;
  readonly order_by?: readonly Readonly<Record<string, string>>[];
  readonly limit?: number;
}

type Expression = Readonly<Record<string, unknown>>;

async function answer(call: ApiCall, own: readonly ApiRow[]): Promise<ApiAnswer> {
  const { query, variables } = JSON.parse(call.body);
  const { data, errors: failures } = await graphql({
    schema: SCHEMA,
    source: query,
    variableValues: variables,
    rootValue: {
      notices: ({ where = {}, order_by = [], limit }: Arguments) =>
        sorted(
          own.filter((row) => holds(row, where)),
          order_by.flatMap((part) => Object.entries(part)),
        ).slice(0, limit),
      notices_aggregate: ({ where = {} }: Arguments) => ({
        aggregate: { count: own.filter((row) => holds(row, where)).length },
      }),
    },
  });
  if (failures === undefined) return { body: { data } };
  return { body: refusal('validation-failed', failures.map(({ message }) => message).join('; ')) };
}

function holds(row: ApiRow, expression: Expression): boolean {
  return Object.entries(expression).every(([name, operand]) => {
    const parts = Array.isArray(operand) ? operand : [];
    if (name === '_and') return parts.every((part) => holds(row, part));
    if (name === '_or') return parts.some((part) => holds(row, part));
    return Object.entries(operand as object).every(([operator, value]) =>
      passes(row, name, operator.slice(1), value),
    );
  });
}

function invalidToken(message: string): ApiAnswer {
  return { body: refusal('invalid-jwt', message) };
}

/** An answer of Hasura's that tells of an error. */
export function refusal(code: string, message: string): object {
  return { errors: [{ message, extensions: { path: '$', code } }] };
}
