import type { CallFact } from '#libs/interaction';
import { PLAIN_ANSWER, verified } from '#libs/webhook';
import type { EventsRead } from '../../facts/event-read.js';
import type { Provider } from '../../provider.js';
import type { CheckName } from './checks.js';
import { tinProvider, type TinSettings } from './fixture-provider.js';

/** A provider with one mistake, and the check that has to notice it. */
export interface Broken {
  readonly mistake: string;
  readonly noticedBy: CheckName;
  readonly provider: Provider<TinSettings>;
}

type Read = Provider<TinSettings>['read'];

/** Reads as the fixture does, and changes each fact. */
function reading(
  change: (fact: CallFact, plain: Parameters<Read>[0]) => CallFact,
): Pick<Provider<TinSettings>, 'read'> {
  return {
    read(plain, arrival): EventsRead {
      const read = tinProvider.read(plain, arrival);
      return read.ok
        ? {
            ok: true,
            events: read.events.map((event) => ({ ...event, calls: event.calls.map((fact) => change(fact, plain)) })),
          }
        : read;
    },
  };
}

let remembered = 0;

export const BROKEN_PROVIDERS: readonly Broken[] = [
  {
    mistake: 'accepts anything',
    noticedBy: 'believes nobody else',
    provider: { ...tinProvider, verify: () => verified() },
  },
  {
    mistake: 'new ids on a repetition',
    noticedBy: 'names a repetition as before',
    provider: {
      ...tinProvider,
      read: (plain, arrival) =>
        tinProvider.read({ ...plain, id: `${plain['id'] as string} ${arrival.receivedAt}` }, arrival),
    },
  },
  {
    mistake: 'answers before it is durable',
    noticedBy: 'answers when it is durable',
    // A handshake is for requests that carry nothing; whoever shakes every hand takes nothing in.
    provider: { ...tinProvider, handshake: () => PLAIN_ANSWER },
  },
  {
    mistake: 'facts that depend on order',
    noticedBy: 'reads in any order',
    provider: {
      ...tinProvider,
      ...reading((fact) => ({ ...fact, origin: { ...fact.origin, sequence: (remembered += 1) } })),
    },
  },
  {
    mistake: 'secret in a record',
    noticedBy: 'keeps secrets out of records',
    provider: { ...tinProvider, ...reading((fact, plain) => ({ ...fact, context: { data: { ...plain } } })) },
  },
];
