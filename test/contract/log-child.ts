import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import type { LogHarness } from './log-harness.js';

export interface LogChildOptions {
  readonly group: string;
  readonly topic: string;
  /** How long it works on each batch. */
  readonly handlerMs: number;
  readonly maxBatchRecords: number;
}

/** A consumer in a process of its own. */
export interface LogChild {
  /** Lines that it wrote: `begin …`, `done …`, `lost …`. */
  readonly lines: string[];
  signal(name: NodeJS.Signals): void;
  kill(): Promise<void>;
}

const compiled = new URL('../../dist/libs/messaging/src/index.js', import.meta.url);
const script = fileURLToPath(new URL('consumer-process.mjs', import.meta.url));

export async function startLogChild(harness: LogHarness, options: LogChildOptions): Promise<LogChild> {
  if (!existsSync(compiled)) {
    throw new Error('This test starts a process on the compiled code: run `npm run build` first');
  }
  const settings = JSON.stringify({ ...JSON.parse(harness.childEnvironment['LOG_CHILD'] ?? '{}'), ...options });
  const { NODE_OPTIONS: _, ...environment } = process.env;
  const child: ChildProcess = spawn(process.execPath, [script], {
    env: { ...environment, LOG_CHILD: settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout ?? process.stdin });
  const joined = new Promise<void>((resolve, reject) => {
    reader.on('line', (line) => (line === 'joined' ? resolve() : void lines.push(line)));
    child.once('exit', (code) => reject(new Error(`The child ended with ${code} before it joined`)));
  });
  await joined;
  return {
    lines,
    signal: (name) => void child.kill(name),
    async kill() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
    },
  };
}
