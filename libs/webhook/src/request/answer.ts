/** What a request is answered with. */
export interface WebhookAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What became of a request whose facts are durable. */
export interface Taken {
  /** The id of the delivery in the log of deliveries. */
  readonly delivery: string;
  readonly events: readonly {
    /** The provider's name of the event. */
    readonly id: string;
    /** The call or voicemail that it is about; null where nothing comes of it. */
    readonly interactionId: string | null;
  }[];
}

/** What most telephone systems want to hear. */
export const PLAIN_ANSWER: WebhookAnswer = { status: 200, headers: {}, body: '' };

export function jsonAnswer(status: number, value: unknown): WebhookAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

/** Which interaction each event is about, so that a sender can ask for it (channels.md B); the same for a repetition. */
export function answerWithInteractions({ delivery, events }: Taken): WebhookAnswer {
  return jsonAnswer(202, {
    delivery,
    events: events.map(({ id, interactionId }) => ({ id, interaction_id: interactionId })),
  });
}
