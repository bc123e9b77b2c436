import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readReport } from './read-report.js';
import type { Parts } from '../faults/parts.js';
import { ROOT } from '../faults/processes.js';

/** How one run of the importer ended. */
export interface ImporterRun {
  readonly code: number | string;
  readonly output: string;
}

/** An importer in a process of its own. */
export interface RunningImporter {
  readonly ended: Promise<ImporterRun>;
  kill(): Promise<ImporterRun>;
}

/** Starts `casewright contacts import`, as an operator would. */
export function startImporter({ environment, folder }: Parts, words: readonly string[]): RunningImporter {
  const child = spawn(process.execPath, [join(ROOT, 'bin/casewright.mjs'), 'contacts', 'import', ...words], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = endOf(child);
  return {
    ended,
    kill() {
      child.kill('SIGKILL');
      return ended;
    },
  };
}

function endOf(child: ChildProcess): Promise<ImporterRun> {
  let output = '';
  child.stdout?.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr?.on('data', (text: Buffer) => (output += text.toString()));
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code: code ?? signal ?? 'unknown', output }));
  });
}

/** What a report says of each row, in its order. */
export async function outcomesIn(path: string): Promise<string[]> {
  return readReport(await readFile(path, 'utf8'));
}
