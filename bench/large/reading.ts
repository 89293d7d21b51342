import { z } from 'zod';

/** What a reader is told to do. */
export const readingSchema = z.object({
  endpoint: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
  seconds: z.number(),
  /** 0: as fast as it can. */
  bytesPerSecond: z.number(),
});

export type Reading = z.infer<typeof readingSchema>;

/** What a reader has got. */
export const readSchema = z.object({
  /** How many answers had which SHA-256, of status and body. */
  digests: z.record(z.string(), z.number()),
  /** Answers that did not come, or not whole. */
  lost: z.number(),
  /** Median of what an answer took, in milliseconds. */
  medianMs: z.number(),
});

export type Read = z.infer<typeof readSchema>;
