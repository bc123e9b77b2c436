import { readFileSync } from 'node:fs';

/** A process below another one. */
export interface ChildProcess {
  readonly pid: number;
  readonly name: string;
  /** What it calls itself; Dovecot's sessions name their user there. */
  readonly title: string;
}

/** The processes that `pid` has started and that still run (Linux: read from /proc). */
export function childProcesses(pid: number): ChildProcess[] {
  const children = readOrEmpty(`/proc/${pid}/task/${pid}/children`).trim();
  return children === '' ? [] : children.split(' ').map((child) => describeProcess(Number(child)));
}

function describeProcess(pid: number): ChildProcess {
  const title = readOrEmpty(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
  return { pid, name: readOrEmpty(`/proc/${pid}/comm`).trim(), title };
}

// A process may end between two reads.
function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
