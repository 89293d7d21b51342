import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { type SourceName, upstreamUnavailable } from '../errors/upstream-errors';
import type { Column, ColumnType, Row } from './ports';

/** What the scalar `DateTime` can show: RFC 3339, or PostgreSQL's way of writing a timestamp with time zone. */
const TIMESTAMP = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d(:?\d\d)?)$/;

const VALUES: Readonly<Record<ColumnType, z.ZodType<string | number | boolean>>> = {
  ID: z.union([z.string(), z.number().transform(String)]),
  UUID: z.string(),
  String: z.string(),
  // No more fits into GraphQL's Int.
  Int: z.int32(),
  Float: z.number(),
  Boolean: z.boolean(),
  DateTime: z.string().regex(TIMESTAMP),
};

/** @throws {GatehouseError} `UPSTREAM_UNAVAILABLE` when the answer has not the shape that the columns declare. */
export function parseRows(source: SourceName, data: unknown, columns: readonly Column[]): Row[] {
  const key = JSON.stringify(columns);
  const shape = shapes.get(key) ?? shapeOf(columns);
  shapes.set(key, shape);
  return parseAnswer(source, shape, data);
}

/** What selections of columns make of rows: zod compiles each, which takes longer than reading a page with it. */
const shapes = new LRUCache<string, z.ZodType<Row[]>>({ max: 500 });

function shapeOf(columns: readonly Column[]): z.ZodType<Row[]> {
  return z.array(
    z.object(
      Object.fromEntries(
        columns.map(({ name, type, nullable }) => [name, nullable ? VALUES[type].nullable() : VALUES[type]]),
      ),
    ),
  );
}

/** @throws {GatehouseError} `UPSTREAM_UNAVAILABLE` when the source gave no number. */
export function parseCount(source: SourceName, count: unknown): number {
  return parseAnswer(source, z.number().int().min(0), count);
}

/** @throws {GatehouseError} `UPSTREAM_UNAVAILABLE` when the value does not fit. */
export function parseAnswer<T>(source: SourceName, schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw upstreamUnavailable(source, parsed.error);
  return parsed.data;
}
