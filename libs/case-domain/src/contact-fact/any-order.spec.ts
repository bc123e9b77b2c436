import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ContactFact } from '#libs/interaction';
import { aContactFact, aSnapshot } from '#libs/testing';
import { advance, decideContact, effectsOf, emptyBook, type NewContact, type Snapshot } from '../index.js';

const KEYS = ['1', '2', '3', '4'];
const key = fc.constantFrom(...KEYS);
const integration = fc.constantFrom('crm', 'shop');
const seconds = fc.integer({ min: 0, max: 6 });
const email = fc.constantFrom('a@acme.example', 'b@acme.example', 'c@acme.example');
const phone = fc.constantFrom('+351210000001', '+5541987990000', '+554187990000');
const text = fc.option(fc.constantFrom('Ana', 'Rui', 'Eva'), { nil: null });
const addresses = <Value extends string>(value: fc.Arbitrary<Value>) =>
  fc.option(
    fc.uniqueArray(fc.record({ value, verified: fc.boolean(), primary: fc.boolean() }), {
      maxLength: 2,
      selector: (one) => one.value,
    }),
    { nil: undefined },
  );

const told = fc.record(
  {
    name: text,
    givenName: text,
    company: text,
    emails: addresses(email),
    phones: addresses(phone),
    complete: fc.constant(true),
  },
  { requiredKeys: [] },
);

let number = 0;
const factOf = (kind: ContactFact['kind'], at: number, fields: Partial<ContactFact>): ContactFact => {
  number += 1;
  return aContactFact(kind, at, { ...fields, origin: { eventId: `e-${number}` } });
};

const upserted = fc
  .tuple(seconds, integration, key, told)
  .map(([at, system, externalId, fields]) =>
    factOf('upserted', at, { ...fields, contact: { integration: system, externalId } }),
  );
const merged = fc
  .tuple(seconds, integration, key, fc.uniqueArray(key, { minLength: 1, maxLength: 2 }))
  .map(([at, system, externalId, mergedExternalIds]) =>
    factOf('merged', at, { contact: { integration: system, externalId }, mergedExternalIds }),
  );
const deleted = fc
  .tuple(seconds, integration, key)
  .map(([at, system, externalId]) => factOf('deleted', at, { contact: { integration: system, externalId } }));
const facts = fc.array(
  fc.oneof({ weight: 5, arbitrary: upserted }, { weight: 3, arbitrary: merged }, { weight: 1, arbitrary: deleted }),
  { minLength: 1, maxLength: 12 },
);

/** Facts in the order in which they arrive; a repetition is known by its id, as the ledger knows it. */
function settled(arriving: readonly (ContactFact | string)[]): Snapshot {
  const snapshot = aSnapshot({ people: emptyBook() });
  let ids = 0;
  const newId = () => `c-${(ids += 1)}`;
  const known = new Set<string>();
  for (const fact of arriving) {
    if (typeof fact === 'string') {
      advance(
        snapshot,
        effectsOf({ contacts: snapshot.identities.has(`email:${fact}`) ? [] : [aStranger(newId(), fact)] }),
      );
      continue;
    }
    if (known.has(fact.id)) {
      continue;
    }
    known.add(fact.id);
    advance(snapshot, decideContact(fact, snapshot, { now: '2026-03-03T09:00:00.000Z', newId }).effects);
  }
  return snapshot;
}

/** Somebody who writes for the first time. */
function aStranger(id: string, value: string): NewContact {
  return { id, kind: 'person', name: value, identity: { kind: 'email', value, raw: value }, verified: false };
}

/** Who is found by each address, by what directories call them, and as whose it is or was; and how many people there are. */
function bearersIn({ people, identities }: Snapshot): unknown {
  const keysOf = (id: string): string[] =>
    people
      .familyOf(id)
      .flatMap((one) => people.identitiesOf(one.id))
      .flatMap(({ kind, value }) => (kind === 'external' ? [value] : []))
      .sort();
  const found = [...identities].filter(([name]) => name.startsWith('email:'));
  const isFormer = (name: string) => {
    const bearers = people.bearersOf({ kind: 'email', value: name.slice('email:'.length) });
    return bearers.find(({ held }) => held)?.former;
  };
  return {
    people: people.written().filter((id) => people.survivorOf(id) === id).length,
    found: found.map(([name, { holders }]) => [name, holders.map(keysOf), isFormer(name)]).sort(),
  };
}

/** Everybody by what they are called and known by: ids are nobody's business. */
function peopleIn({ people, identities }: Snapshot): unknown[] {
  const roots = people.written().filter((id) => people.survivorOf(id) === id);
  const nameOf = (id: string): string =>
    people
      .familyOf(id)
      .flatMap((one) => people.identitiesOf(one.id))
      .flatMap(({ kind, value }) => (kind === 'external' ? [value] : []))
      .sort()
      .join(' ');
  return roots
    .map((id) => {
      const [root, ...others] = people.familyOf(id);
      const { name, company, customFields, kind, deletedAt } = root!;
      expect(others.map(({ mergedInto }) => mergedInto)).toEqual(others.map(() => id));
      const own = people.familyOf(id).flatMap((one) => people.identitiesOf(one.id));
      const shown = own.map(({ kind: of, value, former, held, primary, verifiedAt, firstSeen }) => {
        const names = identities.get(`${of}:${value}`)?.holders.map(nameOf).sort();
        return JSON.stringify([of, value, { former, held, primary, verifiedAt, firstSeen, names }]);
      });
      const hidden = deletedAt !== null;
      return { known: nameOf(id), name, company, customFields, kind, hidden, identities: [...new Set(shown)].sort() };
    })
    .sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}

describe('facts about contacts', () => {
  it('78 give the same people in any order of merges and arrivals, with repetitions', () => {
    fc.assert(
      fc.property(
        facts.chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(all, { minLength: all.length }),
            fc.array(fc.constantFrom(...all), { maxLength: 6 }),
          ),
        ),
        ([all, shuffled, again]) => {
          const arriving = [...shuffled.slice(0, 3), ...again, ...shuffled];
          expect(peopleIn(settled(arriving))).toEqual(peopleIn(settled(all)));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('78 give the same people whichever of them are lost, as if these had never been', () => {
    fc.assert(
      fc.property(
        facts.chain((all) => fc.tuple(fc.subarray(all), fc.array(fc.nat(), { minLength: 12, maxLength: 12 }))),
        ([left, order]) => {
          const shuffled = left
            .map((fact, place) => ({ fact, at: order[place] ?? 0 }))
            .sort((one, other) => one.at - other.at)
            .map(({ fact }) => fact);
          expect(peopleIn(settled(shuffled))).toEqual(peopleIn(settled(left)));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('57 find who wrote before they came as whoever would have been found after them', () => {
    fc.assert(
      fc.property(
        facts.chain((all) => {
          const mails = fc.array(email, { minLength: 1, maxLength: 3 });
          return mails.chain((met) => {
            const both: readonly (ContactFact | string)[] = [...all, ...met];
            return fc.tuple(fc.constant(both), fc.shuffledSubarray([...both], { minLength: both.length }));
          });
        }),
        ([factsFirst, shuffled]) => {
          expect(bearersIn(settled(shuffled))).toEqual(bearersIn(settled(factsFirst)));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('57 give strangers the same persons in any order in which these become known', () => {
    fc.assert(
      fc.property(
        fc.tuple(facts, fc.uniqueArray(email, { minLength: 1, maxLength: 3 })).chain(([all, met]) => {
          const shuffled = fc.shuffledSubarray(all, { minLength: all.length });
          return fc.tuple(fc.constant(met), fc.constant(all), shuffled);
        }),
        ([met, all, shuffled]) => {
          expect(peopleIn(settled([...met, ...shuffled]))).toEqual(peopleIn(settled([...met, ...all])));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('never leave an address to two, nor to nobody, and nobody lives on in somebody who lives on elsewhere', () => {
    fc.assert(
      fc.property(facts, (all) => {
        const { people } = settled(all);
        const rows = people.written().flatMap((id) => people.identitiesOf(id));
        const emails = new Set(rows.flatMap(({ kind, value }) => (kind === 'email' ? [value] : [])));
        for (const value of emails) {
          expect(people.bearersOf({ kind: 'email', value }).filter(({ held }) => held)).toHaveLength(1);
        }
        for (const id of people.written()) {
          const { mergedInto } = people.state(id)!;
          expect(mergedInto === null || people.state(mergedInto)!.mergedInto === null).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
