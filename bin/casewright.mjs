#!/usr/bin/env node
/** The command line: `npx casewright --help` inside the repository. */
import { existsSync } from 'node:fs';

const entry = new URL('../dist/apps/cli/src/main.js', import.meta.url);
if (!existsSync(entry)) {
  process.stderr.write('Nothing is built yet: run "npm run build" first.\n');
  process.exit(1);
}
await import(entry.href);
