import 'reflect-metadata';

export { PROVIDERS } from './providers.js';
export type { Connection, Provider } from './provider.js';
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
