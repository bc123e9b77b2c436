import 'reflect-metadata';

export { PROVIDERS } from './providers.js';
export type { Connection, Provider } from './provider.js';
export type { RecordingAccess, RecordingCredentials } from './recording-access.js';
export type { Arrival, NumberFormat } from './facts/arrival.js';
export type { EventRead, EventsRead, SoundSource } from './facts/event-read.js';
export { redacted } from './facts/arrival.js';
export { readBody, type BodyProblem, type BodyRead } from './facts/webhook-body.js';
export { CALL_EVENT_SCHEMA } from './generic/call-event-schema.js';
export { calledAddress } from './request/address.js';
export {
  adviceOnRefusal,
  statusOfRefusal,
  type Refused,
  type RefusalReason,
  type Verification,
  type Verified,
} from './request/verification.js';
export type { WebhookRequest } from './request/webhook-request.js';
