import { writeFile } from 'node:fs/promises';
import { schema } from '.';
import { policyTable } from './policy';

/** `npm run policy`: writes the table that a reviewer reads. */
await writeFile(
  new URL('../docs/policy.md', import.meta.url),
  `# Who may ask for what

Written by \`npm run policy\`, and kept true by a test: a pull request that changes a rule changes a line here.

${policyTable(schema)}
`,
);
