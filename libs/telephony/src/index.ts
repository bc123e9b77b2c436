import 'reflect-metadata';

export { PROVIDERS } from './providers.js';
export type { Connection, Provider } from './provider.js';
export type { RecordingAccess, RecordingCredentials } from './recording-access.js';
export type { Arrival, NumberFormat } from './facts/arrival.js';
export type { EventRead, EventsRead, SoundSource } from './facts/event-read.js';
export { CALL_EVENT_SCHEMA } from './generic/call-event-schema.js';
export { LIFECYCLES, lifecycleNamed } from './lifecycle/lifecycles.js';
export type { Lifecycle } from './lifecycle/lifecycle.js';
export { type Cast, DEFAULT_CAST, playedCall, type PlayedCall } from './lifecycle/played-call.js';
export { type Disturbance, sendOrder } from './lifecycle/send-order.js';
export { talkdeskTemplate } from './talkdesk/template.js';
export type { SignedRequest, ToldRequest, Vendor } from './vendor.js';
