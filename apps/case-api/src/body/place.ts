import type { ProblemPart } from '#libs/runtime';

/** One thing that is wrong with a body, by the JSON Pointer (RFC 6901) into it. */
export type Fault = ProblemPart;

/** More than anybody reads: a list of a million wrong items is not answered by a million sentences. */
const MOST_FAULTS = 100;
const LONGEST_NAME = 100;

/** All that is wrong with one body. */
export interface Faults {
  /** The first ones. */
  readonly named: Fault[];
  /** How many there are in all. */
  count: number;
}

/** Where a value stands in a body, and where its faults go. */
export class Place {
  constructor(
    readonly faults: Faults,
    readonly pointer = '',
  ) {}

  /** The place of a member or an item. */
  at(name: string | number): Place {
    return new Place(this.faults, `${this.pointer}/${escaped(String(name))}`);
  }

  /** Notes a fault; returns undefined, which is what a field with a fault is read as. */
  refuse(detail: string, code = 'validation-failed'): undefined {
    this.faults.count += 1;
    if (this.faults.named.length < MOST_FAULTS) {
      this.faults.named.push({ pointer: this.pointer, code, detail });
    }
    return undefined;
  }
}

function escaped(name: string): string {
  return name.slice(0, LONGEST_NAME).replaceAll('~', '~0').replaceAll('/', '~1');
}
