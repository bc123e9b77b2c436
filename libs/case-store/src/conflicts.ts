type Subject =
  | 'fact'
  | 'thread_key'
  | 'interaction'
  | 'identity'
  | 'case_family'
  | 'case_number'
  | 'suspension'
  | 'status'
  | 'contact'
  | 'agent'
  | 'callbar_event';

/**
 * Another transaction settled what this one had decided on: a thread key, an interaction or an identity became
 * somebody else's in between. The whole transaction is rolled back, and the repetition sees the other's rows.
 */
export class ConcurrentChange extends Error {
  constructor(readonly subject: Subject) {
    super(`another transaction changed the same ${subject.replace('_', ' ')} first`);
    this.name = 'ConcurrentChange';
  }
}
