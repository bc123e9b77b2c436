import { CALL_BAR_EVENT } from '../family/setters.js';
import { advance } from '../decision/advance.js';
import { type Effects, effectsOf, followedBy, NO_EFFECTS } from '../decision/effects.js';
import type { Moment } from '../decision/moment.js';
import type { Snapshot } from '../decision/snapshot.js';
import type { CaseState } from '../case/case-state.js';
import type { Cause } from '../case/case-change.js';
import { changeCase, type CaseFields } from '../case/change.js';
import type { CaseChangeKind } from '../case/case-change.js';
import type { Press } from '../decision/press.js';

/** Where one decision is put together out of several: each step sees what those before it did. */
export class Desk {
  readonly snapshot: Snapshot;
  private done: Effects = NO_EFFECTS;

  /** The snapshot that is given stays as it is. */
  constructor(
    given: Snapshot,
    readonly moment: Moment,
  ) {
    this.snapshot = copyOf(given);
  }

  get effects(): Effects {
    return this.done;
  }

  does(effects: Effects): void {
    advance(this.snapshot, effects);
    this.done = followedBy(this.done, effects);
  }

  change(
    state: CaseState,
    kind: CaseChangeKind,
    fields: CaseFields,
    cause: Cause,
    more: Partial<Effects> = {},
  ): CaseState {
    const changed = changeCase(state, kind, fields, cause);
    this.does(effectsOf({ ...more, cases: [changed] }));
    return changed.state;
  }

  /** A cause that is an agent who pressed something: nothing that a rule may undo. */
  causeOf({ agentId, event }: Press, details: Cause['details'] = {}): Cause {
    return {
      actor: { kind: 'agent', id: agentId },
      interactionId: null,
      at: this.moment.now,
      occurredAt: event.occurredAt,
      details: { ...details, [CALL_BAR_EVENT]: event.id, via: viaOf(event.agent) },
    };
  }

  /** Does what was decided in another way, as the agent's doing. */
  doesFor(press: Press, effects: Effects): void {
    const by = this.causeOf(press);
    const cases = effects.cases.map(({ state, change }) => {
      const details = { ...change.details, ...by.details };
      return { state, change: { ...change, ...by, details } };
    });
    this.does({ ...effects, cases });
  }
}

function viaOf(from: string) {
  return { channel: 'callbar', from, to: null, rel: null };
}

function copyOf(snapshot: Snapshot): Snapshot {
  return {
    ...snapshot,
    cases: new Map(snapshot.cases),
    threads: new Map(snapshot.threads),
    identities: new Map(snapshot.identities),
    comments: new Map(snapshot.comments),
    interactions: new Map(snapshot.interactions),
    attachments: new Map(snapshot.attachments),
    links: new Map(snapshot.links),
    purged: new Set(snapshot.purged),
    legalHolds: new Map(snapshot.legalHolds),
    toldOverdue: new Set(snapshot.toldOverdue),
    groups: new Map(snapshot.groups),
    calls: new Map(snapshot.calls),
    heard: new Map(snapshot.heard),
    said: new Map(snapshot.said),
    changes: new Map(snapshot.changes),
  };
}
