export { AdapterInfrastructureModule } from './adapter-infrastructure.module.js';
export { CHECKPOINTS, ChannelKitModule, MAILBOX_STORE, PUBLISHER } from './channel-kit.module.js';
export { postgresCheckpoints, type Checkpoints } from './checkpoints.js';
export { mailboxOverview, type MailboxOverview, type MailboxStatus } from './mailbox-overview.js';
export type {
  FolderPosition,
  FolderProgress,
  HeldFolder,
  MailboxFolder,
  MailboxHealth,
  MailboxPhase,
} from './mailbox-state.js';
export { postgresMailboxStore, type MailboxStore } from './mailbox-store.js';
export { CHANNEL_KIT_MIGRATIONS } from './migrations.js';
export {
  DEFAULT_PUBLISH_LIMITS,
  publishInteraction,
  publishInteractions,
  type PublishLimits,
  type PublishResult,
} from './publish-interaction.js';
export { createPublisher, type InteractionPublisher, type PublisherLimits } from './publisher.js';
export { listMailboxStates, type MailboxState } from './sql/mailboxes/list-mailbox-states.js';
