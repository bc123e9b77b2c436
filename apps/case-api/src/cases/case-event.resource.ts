import { toldChanges } from '#libs/case-domain';
import type { CaseEventView } from '#libs/case-store';
import { ActorResource, PageResource } from '../resources/shared.resource.js';
import { Anything, Instant, Integer, Json, Many, One, Text, Uuid } from '../resources/properties.js';

export class FieldChangeResource {
  @Text({ example: 'status' }) field!: string;
  @Json() from!: unknown;
  @Json({ example: 'open' }) to!: unknown;
}

/** One change of a case. Unknown kinds may appear at any time. */
export class CaseEventResource {
  @Uuid({ description: 'Equal to `ce_id` on the topic `case.events.v1`.' }) id!: string;
  @Integer({ description: 'Contiguous per case, equal to the version that the change made.', example: 1 }) seq!: number;
  @Text({ example: 'created' }) kind!: string;
  @Text({ example: 'io.casewright.case.created.v1' }) type!: string;
  @Instant() occurred_at!: string;
  @Instant() recorded_at!: string;
  @One(() => ActorResource) actor!: ActorResource;
  @One(() => ActorResource, { nullable: true, description: 'The agent for whom a client acted.' })
  on_behalf_of!: ActorResource | null;
  @Many(() => FieldChangeResource) changes!: FieldChangeResource[];
  @Anything({ description: 'What explains the change beyond its fields.' }) details!: Readonly<Record<string, unknown>>;
  @Uuid({ nullable: true }) interaction_id!: string | null;
  @Uuid({ nullable: true }) cause_event_id!: string | null;
}

export class CaseEventListResource {
  @Many(() => CaseEventResource) data!: CaseEventResource[];
  @One(() => PageResource) page!: PageResource;
}

export function caseEventResourceOf(event: CaseEventView): CaseEventResource {
  return {
    id: event.id,
    seq: event.seq,
    kind: event.kind,
    type: `io.casewright.case.${event.kind}.v1`,
    occurred_at: event.occurredAt.toISOString(),
    recorded_at: event.recordedAt.toISOString(),
    actor: event.actor,
    on_behalf_of: event.onBehalfOf,
    changes: toldChanges(event),
    details: event.details,
    interaction_id: event.interactionId,
    cause_event_id: event.causeEventId,
  };
}
