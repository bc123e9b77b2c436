import fc from 'fast-check';
import { type Deviation, SequenceRun, type SequencedService } from './run-sequence.js';
import { lineOf, sequence, type Step } from './steps.js';

export interface SequencesOptions {
  readonly sequences: number;
  readonly seed: number;
  readonly progress?: (done: number) => void;
}

const PROGRESS = 100;

/** Runs sequences one after another, until one deviates from the model; that one is told in as few commands as show it. */
export async function runSequences(
  service: SequencedService,
  { sequences, seed, progress }: SequencesOptions,
): Promise<{ readonly commands: number; readonly deviation: Deviation | null }> {
  let commands = 0;
  for (const [index, steps] of fc.sample(sequence, { numRuns: sequences, seed }).entries()) {
    commands += steps.length;
    if ((await new SequenceRun(service).run(steps)) !== null) {
      return { commands, deviation: await shrunk(service, steps) };
    }
    if ((index + 1) % PROGRESS === 0) {
      progress?.(index + 1);
    }
  }
  return { commands, deviation: null };
}

/** Leaves out whatever does not matter: a sequence runs on cases of its own, so it can be run again. */
async function shrunk(service: SequencedService, steps: readonly Step[]): Promise<Deviation> {
  let shortest = steps;
  let told = await new SequenceRun(service).run(steps);
  for (let index = shortest.length - 1; index >= 0; index -= 1) {
    const shorter = shortest.filter((_, place) => place !== index);
    const deviation = await new SequenceRun(service).run(shorter);
    if (deviation !== null) {
      [shortest, told] = [shorter, deviation];
    }
  }
  return told ?? { lines: steps.map(lineOf), said: 'it deviated once, and not when it was run again' };
}

/** The deviation as text. */
export function textOfDeviation({ lines, said }: Deviation): string {
  return [...lines, said].join('\n');
}
