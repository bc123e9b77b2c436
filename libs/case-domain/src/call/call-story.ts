import type { CallOutcome, Interaction } from '#libs/interaction';
import type { CallRecord } from './call-record.js';
import { summaryOf, type CallSummary } from './call-summary.js';
import type { Moment } from './moment.js';
import { dispositionOf, type Disposition } from './outcome.js';

/** Something that happened in a call, for people. */
export interface StoryMoment extends Moment {
  /** Whether the outcome follows from it. */
  readonly decides: boolean;
}

/** A call for people: what happened when, who talked, how long it all took, and what made it what it is. */
export interface CallStory {
  readonly summary: CallSummary;
  readonly outcome: CallOutcome | null;
  readonly disposition: Disposition | null;
  readonly line: string | null;
  readonly queue: string | null;
  /** In the order in which they happened. */
  readonly moments: readonly StoryMoment[];
}

/** The story of a call that was told in facts; null for everything else, and for what was taken away since. */
export function callStoryOf({ channel, details, outcome = null }: Interaction): CallStory | null {
  if (channel !== 'call' || !isCallRecord(details)) {
    return null;
  }
  const summary = summaryOf(details);
  const decides = decidingMoment(outcome, summary);
  return {
    summary,
    outcome,
    disposition: dispositionOf(summary, { message: outcome === 'voicemail_left', overdue: outcome === 'unknown' }),
    line: details.said.line?.value ?? null,
    queue: details.said.queue?.value ?? null,
    moments: details.moments.map((moment) => ({ ...moment, decides: decides(moment) })),
  };
}

function isCallRecord(details: unknown): details is CallRecord {
  const { moments, said, firstAt } = (details ?? {}) as Partial<CallRecord>;
  return Array.isArray(moments) && typeof said === 'object' && typeof firstAt === 'string';
}

/** By the row of the table of outcomes (channels.md F) that was hit first. */
function decidingMoment(outcome: CallOutcome | null, summary: CallSummary): (moment: Moment) => boolean {
  const { agentConnectedAt, endedAt, talks, queuedAt, ringingAt } = summary;
  switch (outcome) {
    case 'answered':
      return ({ at, kind, legId = '' }) =>
        at === agentConnectedAt && (kind === 'transferred' || (kind === 'answered' && legId === talks[0]?.legId));
    case 'blocked':
    case 'missed':
      return ({ kind }) => kind === 'ended';
    case 'abandoned': {
      // Where nobody says who ended it, that the caller only waited decides, too.
      const waited = summary.end.by === 'caller' ? null : queuedAt;
      return ({ at, kind }) => kind === 'ended' || (kind === 'queued' && at === waited && ringingAt === null);
    }
    case 'unknown':
      return ({ at, kind }) => endedAt === null && kind === 'started' && at === summary.startedAt;
    default:
      return () => false;
  }
}
