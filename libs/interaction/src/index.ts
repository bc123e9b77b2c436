import 'reflect-metadata';

export * from './case-address.js';
export * from './case-token.js';
export * from './cloud-event.js';
export * from './content.js';
export * from './conversation-key.js';
export * from './email-address.js';
export * from './identifiers.js';
export * from './interaction-record.js';
export * from './interaction.js';
export * from './json-schema.js';
export * from './parse-interaction.js';
export * from './parties.js';
export * from './phone-number.js';
export * from './references.js';
export * from './topics.js';
