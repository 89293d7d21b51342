import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

/** A place in a file, lines and columns from 0. */
export interface Place {
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

/** Finds out of which file a place in a bundle was made; where there is no source map, it is the file itself. */
export class OriginalFiles {
  readonly #maps = new Map<string, SourceMap | undefined>();

  of({ url, line, column }: Place): string {
    const map = this.#mapOf(url);
    if (map === undefined) return url;
    const entry = map.findEntry(line, column);
    return 'originalSource' in entry ? entry.originalSource : url;
  }

  #mapOf(url: string): SourceMap | undefined {
    if (!url.startsWith('file:')) return undefined;
    if (!this.#maps.has(url)) {
      const file = `${fileURLToPath(url)}.map`;
      // Packages bring maps that do not matter: their name says enough.
      const wanted = !url.includes('/node_modules/') && existsSync(file);
      this.#maps.set(url, wanted ? new SourceMap(JSON.parse(readFileSync(file, 'utf8'))) : undefined);
    }
    return this.#maps.get(url);
  }
}
