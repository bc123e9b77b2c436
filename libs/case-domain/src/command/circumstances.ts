import type { Cause } from '../case/case-change.js';
import type { Moment } from '../decision/moment.js';
import type { Snapshot } from '../decision/snapshot.js';
import type { Asker } from './command.js';
import type { Findings } from './findings.js';

/** Everything that the rules about one command share. */
export interface Circumstances {
  readonly asker: Asker;
  readonly snapshot: Snapshot;
  readonly moment: Moment;
  readonly findings: Findings;
}

/** A cause that is somebody who asked for it. */
export function causedByAsker({ asker, moment }: Circumstances, details: Cause['details']): Cause {
  const { actor, onBehalfOf } = asker;
  return {
    actor: { kind: actor.kind, id: actor.id },
    ...(onBehalfOf === null ? {} : { onBehalfOf: { kind: 'agent', id: onBehalfOf } }),
    interactionId: null,
    at: moment.now,
    occurredAt: moment.now,
    details: { ...details, via: { channel: 'api', from: actor.id, to: null, rel: null } },
  };
}
