import { jsonAnswer, type Taken, type WebhookAnswer } from '../request/answer.js';

/** Which interaction each event is about, so that a sender can ask for it (channels.md B); the same for a repetition. */
export function answerGeneric({ delivery, events }: Taken): WebhookAnswer {
  return jsonAnswer(202, {
    delivery,
    events: events.map(({ id, interactionId }) => ({ id, interaction_id: interactionId })),
  });
}
