import type { KnownAgents } from '#libs/case-domain';
import { DELIVERY_STATES, type DeliveredInteraction, type DeliveryDetail, type DeliveryView } from '#libs/case-store';
import { DELIVERY_VERDICTS } from '#libs/channel-kit';
import { Anything, Instant, Integer, Many, One, OneOf, Text, Texts, Truth, Uuid } from '../resources/properties.js';
import { CaseMentionResource, PageResource } from '../resources/shared.resource.js';
import { whatBecame } from './findings.js';

const STATE = { nullable: true, description: 'Read from the interactions as they are now.' };

export class DeliveryFindingResource {
  @Text({ example: 'endpoint-not-configured' }) reason!: string;
  @Text({ nullable: true, example: '+351210000005' }) about!: string | null;
  @Text({ description: 'What to do, in one sentence.' }) advice!: string;
}

export class DeliveredInteractionResource {
  @Uuid({ description: 'Known before anything is decided of it.' }) id!: string;
  @OneOf(DELIVERY_STATES) state!: string;
  @Text({ nullable: true, description: 'As of the interaction; null before it is decided.', example: 'created' })
  outcome!: string | null;
  @One(() => CaseMentionResource, { nullable: true }) case!: CaseMentionResource | null;
}

/** A request to a connection of the telephone, and what became of it. */
export class DeliveryResource {
  @Uuid() id!: string;
  @Instant() received_at!: string;
  @Text({ example: 'twilio/main' }) connection!: string;
  @Text({ description: 'Without its secret segment.', example: '/webhooks/twilio/main/calls' }) path!: string;
  @Text({ nullable: true, example: 'application/json' }) content_type!: string | null;
  @Integer({ description: 'Of the body.', example: 640 }) bytes!: number;
  @OneOf(DELIVERY_VERDICTS) verdict!: string;
  @Text({ nullable: true, description: 'The first finding in one line.', example: 'agent-unknown: 204' })
  reason!: string | null;
  @Text({ nullable: true, description: 'What to do about it, in one sentence.' }) advice!: string | null;
  @Many(() => DeliveryFindingResource) findings!: DeliveryFindingResource[];
  @OneOf(DELIVERY_STATES, STATE) state!: string | null;
  @Many(() => DeliveredInteractionResource) interactions!: DeliveredInteractionResource[];
  @Text({ nullable: true, description: 'The address that the signature was computed over.' })
  signed_address!: string | null;
  @Texts({ description: 'As the provider names them.' }) event_ids!: string[];
  @Integer({ description: 'From the request to the answer.', example: 4 }) milliseconds!: number;
  @Integer({ description: 'The HTTP status that the sender got.', example: 202 }) answer!: number;
  @Truth({ description: 'Whether `replay` has anything to publish.' }) replayable!: boolean;
  @Instant({ nullable: true }) replayed_at!: string | null;
  @Instant({ nullable: true, description: 'When what it said was taken away for good.' }) redacted_at!: string | null;
}

export class DeliveryDetailResource extends DeliveryResource {
  @Anything({
    nullable: true,
    description: 'What it said, without secrets, where its sender was proven. Kept 14 days.',
  })
  body!: Record<string, unknown> | null;
  @Text({ nullable: true, description: 'The first 256 bytes of any other.' }) beginning!: string | null;
}

export class DeliveryListResource {
  @Many(() => DeliveryResource) data!: DeliveryResource[];
  @One(() => PageResource) page!: PageResource;
}

export class DeliveryReplayResource {
  @Uuid() delivery_id!: string;
  @Integer({ description: 'Facts that were published again.', example: 1 }) facts!: number;
  @Texts({ description: 'Ids of the interactions that they are about.' }) interaction_ids!: string[];
}

/** `agents`: those of the account, as they are now. */
export function deliveryResourceOf(view: DeliveryView, agents: KnownAgents): DeliveryResource {
  const { state, findings } = whatBecame(view, agents);
  const [first] = findings;
  return {
    id: view.id,
    received_at: view.receivedAt.toISOString(),
    connection: view.connection,
    path: view.path,
    content_type: view.contentType,
    bytes: view.bytes,
    verdict: view.verdict,
    reason: first === undefined ? null : first.about === null ? first.reason : `${first.reason}: ${first.about}`,
    advice: first?.advice ?? null,
    findings: [...findings],
    state,
    interactions: view.interactions.map(interactionOf),
    signed_address: view.signedAddress,
    event_ids: [...view.eventIds],
    milliseconds: view.milliseconds,
    answer: view.answer,
    replayable: view.factCount > 0,
    replayed_at: view.replayedAt?.toISOString() ?? null,
    redacted_at: view.redactedAt?.toISOString() ?? null,
  };
}

export function deliveryDetailOf(detail: DeliveryDetail, agents: KnownAgents): DeliveryDetailResource {
  return { ...deliveryResourceOf(detail, agents), body: detail.body, beginning: detail.beginning };
}

function interactionOf({ id, state, outcome, caseId, caseNumber }: DeliveredInteraction): DeliveredInteractionResource {
  const mentioned = caseId === null || caseNumber === null ? null : { id: caseId, number: Number(caseNumber) };
  return { id, state, outcome, case: mentioned };
}
