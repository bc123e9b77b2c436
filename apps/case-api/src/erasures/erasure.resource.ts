import { ApiProperty } from '@nestjs/swagger';
import type { ContactErasure, ErasurePlan, KeptOfPerson } from '#libs/case-store';
import { Anything, Instant, Integer, Many, One, OneOf, Text, Uuid } from '../resources/properties.js';
import { PageResource } from '../resources/shared.resource.js';

export const ERASURE_STATES = ['waiting', 'requested', 'running', 'done', 'partly', 'refused'] as const;

/** Something of the person that stays, and why. */
export class KeptResource {
  @OneOf(['case', 'content', 'rows', 'topic']) kind!: string;
  @Text({ description: 'Id of the case, hash of the content, name of the table or of the topic.' }) name!: string;
  @OneOf(['legal_hold', 'used_elsewhere', 'mentioned', 'retention'], {
    description:
      '`used_elsewhere`: what others said refers to it as well. `retention`: the topic lets it run out by itself, the last of it on the day `until`.',
  })
  kept_because!: string;
  @Integer({ required: false }) rows?: number;
  @ApiProperty({ type: String, format: 'date', required: false }) until?: string;
}

const COUNTS = { type: 'object', additionalProperties: { type: 'integer' } } as const;

export class ErasurePlanResource {
  @Uuid() plan_id!: string;
  @ApiProperty({ ...COUNTS, description: 'How much of each kind would go.' }) items!: Readonly<Record<string, number>>;
  @Many(() => KeptResource) kept!: readonly KeptOfPerson[];
}

export class ErasureRequestedResource {
  @Uuid() erasure_id!: string;
}

export class ErasureResource {
  @Uuid() id!: string;
  @Uuid() contact_id!: string;
  @OneOf(ERASURE_STATES, {
    description: '`waiting`: for somebody who lets it begin. `partly`: it has ended, and what is kept says why.',
  })
  state!: string;
  @Text({ nullable: true }) reason!: string | null;
  @Anything() requested_by!: object;
  @Instant() requested_at!: string;
  @Instant({ nullable: true }) started_at!: string | null;
  @Instant({ nullable: true }) ended_at!: string | null;
  @ApiProperty({ ...COUNTS, description: 'How much of each kind went so far.' })
  items!: Readonly<Record<string, number>>;
  @Many(() => KeptResource) kept!: readonly KeptOfPerson[];
}

export class ErasureListResource {
  @Many(() => ErasureResource) data!: ErasureResource[];
  @One(() => PageResource) page!: PageResource;
}

export function erasureResourceOf(erasure: ContactErasure): ErasureResource {
  return {
    id: erasure.id,
    contact_id: erasure.contactId,
    state: erasure.state,
    reason: erasure.reason,
    requested_by: erasure.requestedBy as object,
    requested_at: erasure.requestedAt.toISOString(),
    started_at: erasure.startedAt?.toISOString() ?? null,
    ended_at: erasure.endedAt?.toISOString() ?? null,
    items: erasure.counts,
    kept: erasure.kept,
  };
}

export function erasurePlanOf(planId: string, { held, ...items }: ErasurePlan): ErasurePlanResource {
  const kept = held.map((name): KeptOfPerson => ({ kind: 'case', name, kept_because: 'legal_hold' }));
  return { plan_id: planId, items, kept };
}
