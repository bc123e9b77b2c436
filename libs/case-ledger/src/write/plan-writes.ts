import type { CaseState } from '#libs/case-domain';
import type { FurtherEndpoint, RepeatedContent, ThrowAwayRow } from '#libs/case-store';
import type { ReservedNumbers } from '../case-numbers.js';
import type { Answer } from '../decide/decide-questions.js';
import { type EffectRows, EffectsPlan } from './plan-effects.js';
import { type InteractionRows, InteractionsPlan } from './plan-interactions.js';
import type { Recognised } from '../decide/recognise-inputs.js';
import { purgedRecords } from '../records/purged-records.js';
import { throwAwaysOf } from './throw-aways.js';
import type { Repetition } from '../records/decided-records.js';

/** Rows and records that the decisions of one account amount to; one entry per statement. */
export interface WritePlan extends EffectRows, InteractionRows {
  readonly accountId: string;
  readonly now: string;
  readonly throwAways: readonly ThrowAwayRow[];
  readonly further: readonly FurtherEndpoint[];
  /** Content of further deliveries. */
  readonly repeated: readonly RepeatedContent[];
  /** Further deliveries of what is settled here. */
  readonly repetitions: readonly Repetition[];
}

export interface PlanInput {
  readonly accountId: string;
  readonly now: string;
  readonly answers: readonly Answer[];
  readonly recognised: Pick<Recognised, 'further' | 'repeated' | 'repetitions'>;
  /** Cases as they were loaded, before the first decision. */
  readonly loaded: ReadonlyMap<string, CaseState>;
  /** For the cases that are opened, in their order. */
  readonly numbers: Pick<ReservedNumbers, 'take'>;
}

/** Turns decisions into rows: the same decisions and numbers give the same rows. */
export function planWrites({ accountId, now, answers, recognised, loaded, numbers }: PlanInput): WritePlan {
  const effects = new EffectsPlan(loaded, numbers);
  const rows = new InteractionsPlan({ accountId, now });
  for (const answer of answers) {
    rows.add(answer, effects.add(answer.decision.effects));
    if (answer.kind === 'contact') {
      effects.told.addFact(answer.decision.verdict.result);
    }
  }
  const { interactions, revised, facts, news, left, records, voicemails } = rows;
  const cases = new Map(interactions.map(({ interaction, caseId }) => [interaction.id, caseId]));
  const repetitions = recognised.repetitions.map((one): Repetition => {
    const caseId = cases.get(one.interactionId) ?? null;
    return { ...one, caseId: caseId === null ? null : effects.survivorOf(caseId) };
  });
  const changed = effects.rows();
  const written = {
    interactions,
    revised,
    facts,
    news,
    left,
    voicemails,
    records: [...records, ...changed.purged.flatMap(purgedRecords)],
  };
  return {
    accountId,
    now,
    throwAways: throwAwaysOf(
      loaded,
      answers.flatMap(({ decision }) => decision.effects.cases),
    ),
    ...changed,
    ...written,
    further: recognised.further,
    repeated: recognised.repeated,
    repetitions,
  };
}
