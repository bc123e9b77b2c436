import type { CallBarResult } from './call-bar-results.js';

/** What became of an event, as both parts of the call bar show it. */
export interface CallBarResultAnswer {
  readonly event_id: string;
  readonly state: string;
  readonly reason?: string;
  readonly case?: {
    readonly id: string;
    readonly number: number | null;
    readonly url: string;
    readonly created: boolean;
  };
  readonly interaction_id?: string;
}

export function resultAnswerOf({
  eventId,
  state,
  reason,
  interactionId,
  case: own,
}: CallBarResult): CallBarResultAnswer {
  return {
    event_id: eventId,
    state,
    ...(reason === null ? {} : { reason }),
    ...(own === null
      ? {}
      : {
          case: {
            id: own.id,
            number: own.number === null ? null : Number(own.number),
            url: `/v1/cases/${own.id}`,
            created: own.created,
          },
        }),
    ...(interactionId === null ? {} : { interaction_id: interactionId }),
  };
}
