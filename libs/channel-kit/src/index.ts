export { AdapterInfrastructureModule } from './adapter-infrastructure.module.js';
export { CHECKPOINTS, ChannelKitModule, PUBLISHER } from './channel-kit.module.js';
export { postgresCheckpoints, type Checkpoints } from './checkpoints.js';
export { CHANNEL_KIT_MIGRATIONS } from './migrations.js';
export {
  DEFAULT_PUBLISH_LIMITS,
  publishInteraction,
  publishInteractions,
  type PublishLimits,
  type PublishResult,
} from './publish-interaction.js';
export { createPublisher, type InteractionPublisher, type PublisherLimits } from './publisher.js';
