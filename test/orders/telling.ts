import {
  DEFAULT_CAST,
  type Lifecycle,
  LIFECYCLES,
  playedCall,
  type Provider,
  PROVIDERS,
  sendOrder,
  type ToldRequest,
} from '#libs/telephony';
import type { Connection } from '#libs/webhook';
import { seededRandom } from '../faults/random.js';
import { connectionOf } from './company.js';
import type { OrderOptions } from './options.js';

/** A request, and how long it waits for the one before it. */
export interface TimedRequest {
  readonly request: ToldRequest;
  readonly afterMs: number;
}

/**
 * One call of a lifecycle, told in one order: `plain` as it happened, `mixed` in any order with repetitions, `lacking` without
 * one of its requests. Each is told by a caller and to a connection of its own, so that no two of them meet; names of
 * calls, events and recordings are the same in all of them.
 */
export interface Telling {
  /** For people: `twilio missed, order 7`. */
  readonly name: string;
  readonly how: 'plain' | 'mixed' | 'lacking';
  /** `provider lifecycle`: tellings of one story are compared. */
  readonly story: string;
  readonly provider: Provider;
  readonly connection: Connection;
  /** In international spelling. */
  readonly caller: string;
  readonly requests: readonly TimedRequest[];
}

/** All tellings of a run. `endedAt`: when every call was over, milliseconds since 1970. */
export function plannedTellings(options: OrderOptions, endedAt: number): readonly Telling[] {
  const stories = PROVIDERS.flatMap((provider) => LIFECYCLES.map((lifecycle) => ({ provider, lifecycle })));
  const isWanted = (names: readonly string[], name: string): boolean => {
    const wanted = names.filter((one) => options.only.includes(one));
    return wanted.length === 0 || wanted.includes(name);
  };
  const wanted = stories.filter(
    ({ provider, lifecycle }) =>
      isWanted(
        PROVIDERS.map(({ name }) => name),
        provider.name,
      ) &&
      isWanted(
        LIFECYCLES.map(({ name }) => name),
        lifecycle.name,
      ),
  );
  let callers = 0;
  return wanted.flatMap(({ provider, lifecycle }) =>
    plansOf(provider, lifecycle, options, endedAt).flatMap(({ suffix, ...plan }): Telling[] => {
      const connection = connectionOf(provider, `${lifecycle.name}-${suffix}`);
      const caller = `+35191${String((callers += 1)).padStart(7, '0')}`;
      const call = playedCall(lifecycle, { seed: '1', now: endedAt, cast: { ...DEFAULT_CAST, caller } });
      const told = provider.vendor.tell(call, connection);
      const story = `${provider.name} ${lifecycle.name}`;
      const requests = typeof told === 'string' ? [] : plan.requestsOf(told);
      return [{ name: `${story}, ${plan.what}`, how: plan.how, story, provider, connection, caller, requests }];
    }),
  );
}

interface Plan {
  readonly how: Telling['how'];
  readonly what: string;
  readonly suffix: string;
  requestsOf(told: readonly ToldRequest[]): readonly TimedRequest[];
}

/** None for what the provider has no event for. */
function plansOf(provider: Provider, lifecycle: Lifecycle, options: OrderOptions, endedAt: number): readonly Plan[] {
  const { orders, seed, mostDelayMs } = options;
  const probe = provider.vendor.tell(
    playedCall(lifecycle, { seed: '1', now: endedAt }),
    connectionOf(provider, lifecycle.name),
  );
  if (typeof probe === 'string') {
    return [];
  }
  const random = seededRandom(seed);
  const timed = (requests: readonly ToldRequest[]): TimedRequest[] =>
    requests.map((request) => ({ request, afterMs: random.below(mostDelayMs + 1) }));
  const plain: Plan = { how: 'plain', what: 'as it happened', suffix: 'plain', requestsOf: timed };
  const mixed = Array.from({ length: orders }, (_, index): Plan => {
    const disturbance = { repeat: true, shuffle: true, seed: `${seed} ${provider.name} ${lifecycle.name} ${index}` };
    return {
      how: 'mixed',
      what: `order ${index + 1}`,
      suffix: `o${index + 1}`,
      requestsOf: (told) => timed(callsOf(provider, told).flatMap((call) => sendOrder(call, disturbance))),
    };
  });
  // Some say one thing twice: what is missing then is missing both times.
  const said = probe.map(({ body }) => probe.findIndex((one) => one.body === body));
  const lacking = [...new Set(said)].slice(0, options.mostLacking).map((missing): Plan => ({
    how: 'lacking',
    what: `without request ${missing + 1}`,
    suffix: `w${missing + 1}`,
    requestsOf: (told) => timed(told.filter((_request, index) => said[index] !== missing)),
  }));
  return [plain, ...mixed, ...lacking];
}

/**
 * Requests that may change places with one another. Zammad hands a call on as another one, and has no word that ties the two
 * and no time of either: the first of them is the one that is heard of first, and each is mixed by itself.
 */
function callsOf(provider: Provider, told: readonly ToldRequest[]): readonly (readonly ToldRequest[])[] {
  const nameOf = ({ body }: ToldRequest): string =>
    provider.name === 'zammad' ? (JSON.parse(body) as { callId: string }).callId : '';
  return [...new Set(told.map(nameOf))].map((name) => told.filter((one) => nameOf(one) === name));
}
