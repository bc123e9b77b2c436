import type { Fault, FaultCode, RefusalCode } from './refusal.js';

/** A state of the case that does not allow what was asked for. */
export interface Conflict {
  readonly code: RefusalCode;
  readonly detail: string;
}

/** Collects what is wrong with a command, so that all of it is answered at once. */
export class Findings {
  private readonly found: Fault[] = [];
  private first: Conflict | null = null;

  /** `reading`: what was found before. Of a part of which something is known already nothing more is said. */
  constructor(private readonly reading: readonly Fault[]) {}

  fault(pointer: string, code: FaultCode, detail: string): void {
    const isKnown = this.reading.some((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`));
    const isRepeated = this.found.some((one) => one.pointer === pointer && one.code === code);
    if (!isKnown && !isRepeated) {
      this.found.push({ pointer, code, detail });
    }
  }

  /** The first one counts. */
  conflict(code: RefusalCode, detail: string): void {
    this.first ??= { code, detail };
  }

  get faults(): readonly Fault[] {
    return [...this.reading, ...this.found];
  }

  get conflicting(): Conflict | null {
    return this.first;
  }
}
