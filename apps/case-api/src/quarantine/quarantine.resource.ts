import type { SuspendedView } from '#libs/case-store';
import { SUSPENSIONS } from '#libs/case-domain';
import { QUARANTINE_STATES } from '#libs/case-store';
import { CaseMentionResource, PageResource } from '../resources/shared.resource.js';
import { trustOf } from '../interactions/interaction-resource-of.js';
import { PartyResource, TrustResource } from '../interactions/interaction.resource.js';
import { Instant, Many, One, OneOf, Text, Texts, Uuid } from '../resources/properties.js';

/** What a list shows of a text. */
const PREVIEW_CHARACTERS = 500;

export class SuspendedResource {
  @Uuid({ description: 'Of the interaction; `/v1/interactions/{id}` has all of it.' }) interaction_id!: string;
  @Text({ example: 'email' }) channel!: string;
  @One(() => PartyResource) sender!: PartyResource;
  @Text({ example: 'My lamp is broken' }) subject!: string;
  @Text({ description: 'The beginning of the text.' }) preview!: string;
  @Instant() received_at!: string;
  @One(() => TrustResource) trust!: TrustResource;
  @OneOf(SUSPENSIONS) reason!: string;
  @Texts({ description: 'Plain sentences, in the order in which the rules were applied.' }) reasons!: readonly string[];
  @OneOf(QUARANTINE_STATES) state!: string;
  @Instant() suspended_at!: string;
  @Instant({ nullable: true }) settled_at!: string | null;
  @Text({ nullable: true, description: 'Name of the API key.' }) settled_by!: string | null;
  @Text({ nullable: true, description: 'Why it was released or rejected.' }) note!: string | null;
  @Text({ description: '`suspended`, `released`, `rejected`, or how it ended after its release.' }) outcome!: string;
  @One(() => CaseMentionResource, { nullable: true }) case!: CaseMentionResource | null;
}

export class SuspendedListResource {
  @Many(() => SuspendedResource) data!: SuspendedResource[];
  @One(() => PageResource) page!: PageResource;
}

export function suspendedResourceOf(view: SuspendedView): SuspendedResource {
  const { interaction, caseId, caseNumber } = view;
  const { kind, value, name } = interaction.sender;
  return {
    interaction_id: interaction.id,
    channel: interaction.channel,
    sender: { kind, value, name: name ?? null },
    subject: interaction.content.subject,
    preview: [...interaction.content.text.slice(0, PREVIEW_CHARACTERS)].join(''),
    received_at: interaction.receivedAt,
    trust: trustOf(interaction.trust),
    reason: view.reason,
    reasons: view.reasons,
    state: view.state,
    suspended_at: view.suspendedAt.toISOString(),
    settled_at: view.settledAt?.toISOString() ?? null,
    settled_by: view.settledBy,
    note: view.note,
    outcome: view.outcome,
    case: caseId === null || caseNumber === null ? null : { id: caseId, number: Number(caseNumber) },
  };
}
