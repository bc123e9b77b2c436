import fc from 'fast-check';
import { HANDLINGS, TRUST_VERDICTS } from '#libs/interaction';
import { CASE_ACTS } from './acts.js';

/** People who write in a story; the last one is an agent. */
export const STORY_SENDERS = ['carol@example.org', 'dan@example.org', 'mallory@example.net', 'ana@acme.example'];

/** Any mail, which names any others. */
const mailStep = fc.record({
  act: fc.constant('mail' as const),
  name: fc.nat(15),
  from: fc.constantFrom(...STORY_SENDERS),
  cc: fc.subarray(STORY_SENDERS),
  references: fc.array(fc.nat(15), { maxLength: 3 }),
  token: fc.option(fc.nat(), { freq: 4 }),
  handling: fc.constantFrom('ordinary', ...HANDLINGS),
  direction: fc.constantFrom('inbound', 'inbound', 'inbound', 'outbound'),
  verdict: fc.constantFrom(...TRUST_VERDICTS),
});
export type MailStep = typeof mailStep extends fc.Arbitrary<infer T> ? T : never;

/** What an agent or a timer does to one of the cases. */
const actStep = fc.record({
  act: fc.constantFrom(...CASE_ACTS),
  which: fc.nat(),
  agent: fc.nat(1),
  hours: fc.nat(200),
});
export type ActStep = typeof actStep extends fc.Arbitrary<infer T> ? T : never;

/** Three mails of one person, each of which answers the one before it and names no other, in any order of arrival. */
const lateParents = fc
  .record({
    first: fc.nat(13),
    from: fc.constantFrom(...STORY_SENDERS),
    order: fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
  })
  .map(({ first, from, order }) =>
    order.map((index): MailStep => {
      const references = index === 0 ? [] : [first + index - 1];
      const plain = { handling: 'ordinary', direction: 'inbound', verdict: 'pass' } as const;
      return { act: 'mail', name: first + index, from, cc: [], references, token: null, ...plain };
    }),
  );

const steps = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.tuple(mailStep) },
      { weight: 4, arbitrary: fc.tuple(actStep) },
      { weight: 2, arbitrary: lateParents },
    ),
    { maxLength: 40, size: 'medium' },
  )
  .map((parts): (MailStep | ActStep)[] => parts.flat());

/** Mails and acts in any order, under any of the policies that decide about them. */
export const stories = fc.record({
  steps,
  strategy: fc.constantFrom('manual', 'round_robin', 'least_open', 'least_open_pct', 'skills'),
  reopenPolicy: fc.constantFrom('until_closed', 'window', 'never'),
  followUpInheritAssignee: fc.boolean(),
  capacity: fc.option(fc.integer({ min: 1, max: 2 })),
});
export type Story = typeof stories extends fc.Arbitrary<infer T> ? T : never;
