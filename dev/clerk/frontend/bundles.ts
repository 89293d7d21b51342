import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Hono } from 'hono';
import { z } from 'zod';
import { ClerkError } from '../errors';
import type { FrontendEnv } from './context';

const PACKAGES = ['clerk-js', 'ui'] as const;

/** Names of the files a browser may ask for. They lie flat in `dist`: with a slash in it a name is none. */
const FILE = /^[\w-][\w.-]*\.js$/;

/** Chunks, whose names change with every version, as `vendors_clerk.browser_a68c22_6.40.0.js`. */
const NAME_HOLDS_VERSION = /_\d+\.\d+\.\d+\.js$/;

/** Not `no-cache`: Next preloads the bundles twice, and Chromium warns of a preload that it had to revalidate. */
const ENTRY_CACHING = 'public, max-age=60';

/** The clerk-js and ui bundles out of `node_modules`, whatever version the page asks for. */
export function bundles(): Hono<FrontendEnv> {
  const app = new Hono<FrontendEnv>();
  for (const name of PACKAGES) {
    app.get(`/:version{${name}@[\\w.-]+}/dist/:file`, async (c) => {
      const file = c.req.param('file');
      const { folder, version } = locate(`@clerk/${name}`);
      const text = FILE.test(file)
        ? await readFile(join(folder, 'dist', file), 'utf8').catch(absent)
        : undefined;
      if (text === undefined)
        throw new ClerkError(404, {
          code: 'resource_not_found',
          message: `@clerk/${name} has no file ${file}`,
        });
      const etag = `"${version}"`;
      c.header('etag', etag);
      c.header(
        'cache-control',
        NAME_HOLDS_VERSION.test(file) ? 'public, max-age=31536000, immutable' : ENTRY_CACHING,
      );
      if (c.req.header('if-none-match') === etag) return c.body(null, 304);
      return c.body(text, 200, { 'content-type': 'text/javascript; charset=utf-8' });
    });
  }
  return app;
}

const PackageSchema = z.object({ version: z.string() });

/** Where npm put a package. Its `exports` may well not name `package.json`, so it cannot be resolved. */
function locate(name: string): { readonly folder: string; readonly version: string } {
  for (const modules of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    const folder = join(modules, name);
    const text = readIfPresent(join(folder, 'package.json'));
    if (text !== undefined) return { folder, version: PackageSchema.parse(JSON.parse(text)).version };
  }
  throw new ClerkError(404, {
    code: 'resource_not_found',
    message: `${name} is not installed: npm install --save-dev ${name}`,
  });
}

function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    return absent(error);
  }
}

function absent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
