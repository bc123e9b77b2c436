import { TIMELINE_KINDS, type TimelineKind, type TimelineView } from '#libs/case-store';
import { CommentResource, commentResourceOf } from '../comments/comment.resource.js';
import { interactionResourceOf } from '../interactions/interaction-resource-of.js';
import { InteractionResource } from '../interactions/interaction.resource.js';
import { Instant, Many, One, OneOf, Uuid } from '../resources/properties.js';
import { PageResource } from '../resources/shared.resource.js';
import { CaseEventResource, caseEventResourceOf } from './case-event.resource.js';

/** Something that happened in a case; the member of its kind is there, the others are null. */
export class TimelineEntryResource {
  @OneOf(TIMELINE_KINDS) kind!: TimelineKind;
  @Instant() at!: string;
  @Uuid() id!: string;
  @One(() => InteractionResource, { nullable: true }) interaction!: InteractionResource | null;
  @One(() => CommentResource, { nullable: true }) comment!: CommentResource | null;
  @One(() => CaseEventResource, { nullable: true }) event!: CaseEventResource | null;
}

export class TimelineResource {
  @Many(() => TimelineEntryResource) data!: TimelineEntryResource[];
  @One(() => PageResource) page!: PageResource;
}

export function timelineEntryOf(view: TimelineView): TimelineEntryResource {
  const { kind, id } = view;
  return {
    kind,
    at: view.at.toISOString(),
    id,
    interaction: view.kind === 'interaction' ? interactionResourceOf(view.interaction) : null,
    comment: view.kind === 'comment' ? commentResourceOf(view.comment) : null,
    event: view.kind === 'event' ? caseEventResourceOf(view.event) : null,
  };
}
