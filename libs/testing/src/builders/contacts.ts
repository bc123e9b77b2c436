import { type ContactState, NOTHING_TOLD } from '#libs/case-domain';

/** A contact of which nothing is told but its name. */
export function aContact(overrides: Partial<ContactState> = {}): ContactState {
  return {
    id: '01900000-0000-7000-8000-0000000c0001',
    kind: 'person',
    name: 'Maria Silva',
    company: null,
    locale: null,
    timeZone: null,
    url: null,
    customFields: {},
    blocked: false,
    heard: true,
    mergedInto: null,
    told: NOTHING_TOLD,
    version: 1,
    createdAt: '2026-03-01T09:00:00.000Z',
    updatedAt: '2026-03-01T09:00:00.000Z',
    deletedAt: null,
    ...overrides,
  };
}
