// What an adapter is built in.
export { AdapterInfrastructureModule } from './adapter-infrastructure.module.js';
export {
  CHANNEL_KIT_MIGRATIONS,
  ChannelKitModule,
  CHECKPOINTS,
  DELIVERY_LOG,
  FACT_PUBLISHER,
  FORM_ALLOWANCE,
  MAILBOX_STORE,
  PUBLISHER,
  RECORDING_JOBS,
  SENT_SOUNDS,
} from './channel-kit.module.js';

// Publishing.
export { createFactPublisher, type FactPublisher } from './publish/fact-publisher.js';
export { createPublisher, type InteractionPublisher } from './publish/publisher.js';
export type { PublishResult } from './publish/publish-in-time.js';

// How far a source was read.
export type { Checkpoints } from './checkpoints/checkpoints.js';

// Mailboxes: who works on each, how far, and how that goes.
export type { FolderPosition, HeldFolder, MailboxHealth, MailboxPhase } from './mailboxes/mailbox-state.js';
export { postgresMailboxStore, type MailboxStore } from './mailboxes/mailbox-store.js';
export { mailboxOverview, type MailboxOverview } from './mailboxes/mailbox-overview.js';
export { listMailboxStates, type MailboxState } from './mailboxes/sql/list-mailbox-states.js';

// The delivery log: what came to a connection, and what it was answered with.
export {
  DELIVERY_VERDICTS,
  type DeliveredFact,
  type Delivery,
  type DeliveryLog,
  type DeliveryVerdict,
} from './deliveries/delivery.js';
export { deliveryMetrics, type DeliveryMetrics } from './deliveries/metrics.js';
export { PostgresDeliveryLog, type DeliveryLogParts } from './deliveries/postgres-delivery-log.js';
export { secretsIn } from './deliveries/secrets-in.js';

// Recordings: which sounds are to be fetched, and what became of them.
export { keepSounds, type KeptSounds, type SoundingEvent, type SoundSettings } from './recordings/keep-sounds.js';
export type {
  AnnouncedRecording,
  HeldRecordingJob,
  RecordingEnd,
  RecordingFinding,
  RecordingName,
  RecordingOutcome,
  RecordingTask,
  StoredSound,
  TimedOutcome,
} from './recordings/recording-job.js';
export { postgresRecordingJobs, type RecordingJobs, type RecordingWork } from './recordings/recording-jobs.js';
export { RECORDING_WARNING_DAYS, recordingWarnings, type RecordingWarning } from './recordings/recording-warnings.js';
export { SOUND_BEGINNING_BYTES, soundTypeOf } from './recordings/sound-type.js';
export type { RecordingClaim } from './recordings/sql/claim-recording-jobs.js';

// Webhooks: what telephone systems and directories send.
export { toldFact, type ToldFact } from './webhook/publish-facts.js';
export { WebhookModule } from './webhook/webhook.module.js';
export { checkConnections, connectionsOf } from './webhook/connection/connections.js';
export { CONTACTS, directoryConnectionsOf } from './webhook/connection/directory-connections.js';
export { networksOf, senderAddress, type Networks } from './webhook/connection/sender-address.js';
export { WebhookIntake } from './webhook/intake.js';
export { webhookIntake } from './webhook/intake.provider.js';
export type { TelephonyConnection, WebhookConnection } from './webhook/webhook-connection.js';
export type { AwaitedSound, SentSound } from './webhook/sent-sounds/sent-sound.js';
export { postgresSentSounds, type SentSounds } from './webhook/sent-sounds/sent-sounds.js';
// Web forms: how often they are let through, and their HTML.
export { FORM_LIMITS, postgresFormAllowance, type FormAllowance } from './forms/form-allowance.js';
export { DECOY_FIELD, formSnippet } from './forms/form-snippet.js';
// Connections that fall silent.
export { isTooLong, sentenceOf, type ConnectionSilence, type SilenceLimit } from './silence/silence.js';
export { SilenceModule } from './silence/silence.module.js';
export { silenceLimits } from './silence/silence-watch.js';
export { listSilences } from './silence/sql/list-silences.js';
// The call bar: what its two halves share.
export { AgentPace } from './callbar/agent-pace.js';
export { AllowedOrigins, type OriginHeaders } from './callbar/allowed-origins.js';
export { originProblem, tokenProblem } from './callbar/call-bar-problems.js';
export { type CallBarResult, CallBarResults } from './callbar/call-bar-results.js';
export { type CallBarToken, CallBarTokens, type TokenVerdict } from './callbar/call-bar-tokens.js';
export { CallBar, CallBarModule } from './callbar/call-bar.module.js';
export { CallBarPublisher } from './callbar/call-bar-publisher.js';
export { type CallBarResultAnswer, resultAnswerOf } from './callbar/result-answer.js';
