import type { Terminal } from './terminal.js';

/** 0: done. 1: it failed. 2: it was asked for in a way that makes no sense. 3: done, but not with all that was given. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Takes bytes as they are. */
export interface ByteOutput {
  /** Whether it is a screen. */
  readonly isTTY?: boolean;
  write(bytes: Uint8Array, done: (error?: Error | null) => void): boolean;
}

/** What a command may use of the world around it. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** For content that programs read; whatever people read goes to the terminal, which makes it harmless. */
  readonly output: ByteOutput;
  readonly environment: NodeJS.ProcessEnv;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Remembers how the command ended; the worst end counts. */
  finish(code: ExitCode): void;
}

/** A value, or one sentence that says why there is none and what to do. */
export type Outcome<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly reason: string };

export function succeeded<Value>(value: Value): Outcome<Value> {
  return { ok: true, value };
}

export function failed(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}

/** The message of whatever was thrown, with its cause, on one line. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') {
    return error.errors.map(messageOf).join('; ');
  }
  if (!(error instanceof Error)) {
    return String(error);
  }
  const message = error.message.replace(/\s+/g, ' ') || error.name;
  return error.cause instanceof Error ? `${message}: ${messageOf(error.cause)}` : message;
}
