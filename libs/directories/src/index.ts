import 'reflect-metadata';

export { DIRECTORIES } from './directories.js';
export type { Directory } from './directory.js';
export type { DirectoryArrival } from './facts/arrival.js';
export type { DirectoryEvent, DirectoryEvents } from './facts/event-read.js';
export { CONTACT_EVENT_SCHEMA } from './generic/contact-event-schema.js';
export { talkdeskContactTemplate } from './talkdesk/template.js';
export type { DirectoryVendor, SignedByDirectory, ToldByDirectory } from './vendor.js';
