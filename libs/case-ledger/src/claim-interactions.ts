import { addEndpoints, findKnownInteractions, type FurtherEndpoint, type Queryable } from '#libs/case-store';
import type { Interaction } from '#libs/interaction';
import type { Repetition } from './records/decided-records.js';

/** An interaction as its record holds it. */
export interface ReceivedInteraction {
  readonly interaction: Interaction;
  /** The value of its record: JSON text, UTF-8. */
  readonly payload: Buffer;
}

/** An interaction that nobody has settled before, once per batch, with every endpoint that it came through. */
export interface FreshInteraction {
  readonly interaction: Interaction;
  readonly payload: Buffer;
  readonly endpoints: readonly string[];
  /** It has a row: it was suspended, and a person released it. */
  readonly released: boolean;
}

export interface Claim {
  readonly fresh: readonly FreshInteraction[];
  readonly repetitions: readonly Repetition[];
}

/** How an endpoint is named in `interaction.endpoints`. */
export function endpointName({ endpoint }: Interaction): string | null {
  return endpoint ? `${endpoint.kind}:${endpoint.address}` : null;
}

/**
 * Splits the interactions of one account into fresh ones and repetitions. One that a person released from the
 * quarantine is fresh again, once. A repetition through the same address leaves
 * no trace; one through another mailbox adds that mailbox to the row and is told once.
 */
export async function claimInteractions(
  client: Queryable,
  accountId: string,
  decoded: readonly ReceivedInteraction[],
): Promise<Claim> {
  const ids = [...new Set(decoded.map(({ interaction }) => interaction.id))];
  const known = await findKnownInteractions(client, accountId, ids);
  const knownEndpoints = new Map(known.map(({ id, endpoints }) => [id, new Set(endpoints)]));
  const released = new Set(known.filter((one) => one.released).map(({ id }) => id));
  const { fresh, within, further } = splitDeliveries(decoded, knownEndpoints, released);
  const added = further.length === 0 ? [] : await addEndpoints(client, accountId, further);
  const before = added.flatMap(({ interactionId, caseId, endpoints }) => {
    return endpoints.map((endpoint) => ({ interactionId, caseId, endpoint }));
  });
  return { fresh, repetitions: [...before, ...within] };
}

interface Deliveries {
  readonly fresh: readonly FreshInteraction[];
  /** Repetitions of interactions whose first delivery is in this batch. */
  readonly within: readonly Repetition[];
  readonly further: readonly FurtherEndpoint[];
}

/** Pure: which deliveries are first, which repeat one of this batch, which add an endpoint to an earlier row. */
export function splitDeliveries(
  decoded: readonly ReceivedInteraction[],
  known: ReadonlyMap<string, ReadonlySet<string>>,
  released: ReadonlySet<string> = new Set(),
): Deliveries {
  const first = new Map<
    string,
    { interaction: Interaction; payload: Buffer; endpoints: string[]; released: boolean }
  >();
  const within: Repetition[] = [];
  const further: FurtherEndpoint[] = [];
  for (const { interaction, payload } of decoded) {
    const endpoint = endpointName(interaction);
    const earlier = first.get(interaction.id);
    const settled = known.get(interaction.id);
    if (settled !== undefined && !released.has(interaction.id)) {
      if (endpoint !== null && !settled.has(endpoint)) {
        further.push({ interactionId: interaction.id, endpoint });
      }
    } else if (earlier === undefined) {
      const endpoints = [...new Set([...(settled ?? []), ...(endpoint === null ? [] : [endpoint])])];
      first.set(interaction.id, { interaction, payload, endpoints, released: settled !== undefined });
    } else if (endpoint !== null && !earlier.endpoints.includes(endpoint)) {
      earlier.endpoints.push(endpoint);
      within.push({ interactionId: interaction.id, caseId: null, endpoint });
    }
  }
  return { fresh: [...first.values()], within, further };
}
