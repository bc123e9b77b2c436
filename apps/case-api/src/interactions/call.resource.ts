import { CALL_FACT_KINDS, CALL_OUTCOMES, ENDED_BY } from '#libs/interaction';
import { Instant, Integer, Many, One, OneOf, Text, Texts, Truth } from '../resources/properties.js';

export class CallAgentResource {
  @Text({ nullable: true, example: 'ana@acme.example' }) email!: string | null;
  @Text({ nullable: true, example: '201' }) extension!: string | null;
  @Text({ nullable: true, description: 'The telephone system’s own name.', example: 'client:ana' }) id!: string | null;
  @Text({ nullable: true, example: 'Ana Lopes' }) name!: string | null;
}

export class CallTalkResource {
  @One(() => CallAgentResource, { nullable: true, description: 'Null where nobody told who it was.' })
  agent!: CallAgentResource | null;
  @Instant() from!: string;
  @Instant({ nullable: true, description: 'Null while they talk.' }) until!: string | null;
}

export class CallDurationsResource {
  @Integer({ nullable: true, example: 5000 }) ring!: number | null;
  @Integer({ nullable: true, description: 'Until an agent was connected, or the end.', example: 9000 })
  wait!: number | null;
  @Integer({ nullable: true, description: 'Agent and customer could hear each other.', example: 51_000 })
  talk!: number | null;
  @Integer({ nullable: true, example: 0 }) hold!: number | null;
  @Integer({ nullable: true, example: 60_000 }) total!: number | null;
}

export class CallEndResource {
  @OneOf(ENDED_BY) by!: string;
  @Text({ nullable: true, example: 'completed' }) reason!: string | null;
  @Text({ nullable: true, description: 'The telephone system’s own word.' }) provider_code!: string | null;
  @Integer({ nullable: true, example: 16 }) q850!: number | null;
  @Integer({ nullable: true, example: 486 }) sip!: number | null;
}

export class CallMomentResource {
  @Instant() at!: string;
  @OneOf(CALL_FACT_KINDS) kind!: string;
  @Many(() => CallAgentResource) agents!: CallAgentResource[];
  @Text({ nullable: true, description: 'Null: the main leg.' }) leg_id!: string | null;
  @Text({ nullable: true, description: 'Of an answer: agent or system. Of an end: who ended it.', example: 'agent' })
  by!: string | null;
  @Text({ nullable: true, description: 'Of an end: why. Of a transfer: its kind.', example: 'completed' })
  reason!: string | null;
  @One(() => CallAgentResource, { nullable: true, description: 'Of a transfer: to whom.' })
  to!: CallAgentResource | null;
  @Truth({ description: 'The outcome follows from it.' }) decides!: boolean;
}

/** A call: what happened when, by the telephone system’s clock, who talked, and how long it took. Durations in milliseconds. */
export class CallResource {
  @OneOf(CALL_OUTCOMES, { nullable: true, description: 'Null while it goes on and nothing is certain.' })
  outcome!: string | null;
  @Text({ nullable: true, description: 'The technical word for its end.', example: 'completed' })
  disposition!: string | null;
  @Text({ nullable: true, example: '+351210000000' }) line!: string | null;
  @Text({ nullable: true, example: 'Support' }) queue!: string | null;
  @Texts({ description: 'Choices in a menu, in order.' }) menu_path!: string[];
  @Instant() started_at!: string;
  @Instant({ nullable: true }) queued_at!: string | null;
  @Instant({ nullable: true }) ringing_at!: string | null;
  @Instant({ nullable: true, description: 'A machine or a person took it.' }) media_answered_at!: string | null;
  @Instant({ nullable: true, description: 'Answered, in the sense of people.' }) agent_connected_at!: string | null;
  @Instant({ nullable: true }) ended_at!: string | null;
  @One(() => CallDurationsResource) durations_ms!: CallDurationsResource;
  @One(() => CallEndResource) end!: CallEndResource;
  @Many(() => CallTalkResource, { description: 'Who talked with the customer, in order.' }) talks!: CallTalkResource[];
  @Many(() => CallAgentResource, { description: 'Whose phones rang.' }) rang!: CallAgentResource[];
  @Many(() => CallMomentResource, { description: 'In the order in which they happened.' })
  moments!: CallMomentResource[];
}
