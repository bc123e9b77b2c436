import 'reflect-metadata';

export { contentHash, REDACTED, redacted, told } from './body/content.js';
export { instantOf, later, mailInstantOf } from './body/instant.js';
export { emailOf, known, member, members, nameOf, secondsOf } from './body/member.js';
export {
  type BodyProblem,
  type BodyRead,
  pointerOf,
  readBody,
  readBodyAs,
  refusedBody,
  storable,
} from './body/webhook-body.js';
export { type Connection } from './connection.js';
export { calledAddress, type ConnectionName, secretSegment } from './request/address.js';
export { answerWithInteractions, jsonAnswer, PLAIN_ANSWER, type Taken, type WebhookAnswer } from './request/answer.js';
export { isSame, isSignature } from './request/constant-time.js';
export { type FormFields, NO_FIELDS, readFields, readForm } from './request/form.js';
export { verifyPathSecret } from './request/path-secret.js';
export { isRefused, signatureHeaders } from './request/signature-headers.js';
export { refuseTimestamp } from './request/timestamp.js';
export {
  adviceOnRefusal,
  type RefusalReason,
  type Refused,
  refused,
  statusOfRefusal,
  type Verification,
  type Verified,
  verified,
} from './request/verification.js';
export { headerValues, mediaTypeOf, type WebhookRequest } from './request/webhook-request.js';
export { type EventCheck, eventCheck, MOST_PROBLEMS } from './schema/schema-problems.js';
export { type Sender } from './sender.js';
export { DiffersFrom, IsSecret, isSecret, isSigningSecret } from './settings/secret-decorators.js';
export { secretsInUse, secretValues } from './settings/secrets.js';
export { HmacSettings, IsSecretOfItsScheme } from './signing/hmac-settings.js';
export { signOwnHmac, verifyOwnHmac } from './signing/own-hmac.js';
export { signStandardMessage, type StandardMessage, verifyStandardMessage } from './signing/standard-webhooks.js';
export { type BasicCredentials, verifyBasic } from './request/basic.js';
export { BasicSettings } from './settings/basic-settings.js';
export { signatureHeadersOf, verifySigned } from './signing/signed.js';
export { signingKeys } from './signing/signing-key.js';
export { SigningSettings } from './signing/signing-settings.js';
export { verifyBodySecret } from './request/body-secret.js';
