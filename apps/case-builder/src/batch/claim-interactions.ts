import { addEndpoints, findKnownInteractions, type FurtherEndpoint, type Queryable } from '#libs/case-store';
import type { Interaction } from '#libs/interaction';
import type { Repetition } from '../records/decided-records.js';
import type { DecodedRecord } from './decode-records.js';

/** An interaction that nobody has settled before, once per batch, with every endpoint that it came through. */
export interface FreshInteraction {
  readonly interaction: Interaction;
  readonly payload: Buffer;
  readonly endpoints: readonly string[];
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
 * Splits the interactions of one account into fresh ones and repetitions. A repetition through the same address leaves
 * no trace; one through another mailbox adds that mailbox to the row and is told once.
 */
export async function claimInteractions(
  client: Queryable,
  accountId: string,
  decoded: readonly DecodedRecord[],
): Promise<Claim> {
  const ids = [...new Set(decoded.map(({ interaction }) => interaction.id))];
  const known = await findKnownInteractions(client, accountId, ids);
  const knownEndpoints = new Map(known.map(({ id, endpoints }) => [id, new Set(endpoints)]));
  const { fresh, within, further } = splitDeliveries(decoded, knownEndpoints);
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
  decoded: readonly DecodedRecord[],
  known: ReadonlyMap<string, ReadonlySet<string>>,
): Deliveries {
  const first = new Map<string, { interaction: Interaction; payload: Buffer; endpoints: string[] }>();
  const within: Repetition[] = [];
  const further: FurtherEndpoint[] = [];
  for (const { interaction, payload } of decoded) {
    const endpoint = endpointName(interaction);
    const earlier = first.get(interaction.id);
    const settled = known.get(interaction.id);
    if (settled !== undefined) {
      if (endpoint !== null && !settled.has(endpoint)) {
        further.push({ interactionId: interaction.id, endpoint });
      }
    } else if (earlier === undefined) {
      first.set(interaction.id, { interaction, payload, endpoints: endpoint === null ? [] : [endpoint] });
    } else if (endpoint !== null && !earlier.endpoints.includes(endpoint)) {
      earlier.endpoints.push(endpoint);
      within.push({ interactionId: interaction.id, caseId: null, endpoint });
    }
  }
  return { fresh: [...first.values()], within, further };
}
