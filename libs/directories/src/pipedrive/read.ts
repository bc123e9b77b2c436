import { contentHash, instantOf, member } from '#libs/webhook';
import type { SaidAddress } from '../facts/addresses.js';
import type { DirectoryArrival } from '../facts/arrival.js';
import { ignoredEvent, wrongBody, type DirectoryEvents } from '../facts/event-read.js';
import { endOf, mergeOf, upsertOf } from '../facts/said-contact.js';
import type { PipedriveSettings } from './settings.js';

type Plain = Readonly<Record<string, unknown>>;

/** Nothing in an event is a secret. */
export const PIPEDRIVE_SECRETS: ReadonlySet<string> = new Set();
/** Differ from one attempt to the next. */
const OF_THE_ATTEMPT: ReadonlySet<string> = new Set(['attempt']);

/**
 * Reads one event of Pipedrive's webhooks v2 about a person. `data` holds the whole of one as it is now, so its lists are complete. Of a
 * merge the event of the one that goes says whom it is now (`meta.merged_to_id`).
 */
export function readPipedrive(plain: Plain, arrival: DirectoryArrival, settings: PipedriveSettings): DirectoryEvents {
  const meta = objectIn(plain, 'meta');
  const action = meta === null ? null : member(meta, 'action');
  const entity = meta === null ? null : member(meta, 'entity');
  if (meta === null || action === null || entity === null) {
    return wrongBody({
      pointer: '/meta',
      code: 'required',
      detail: 'needs action and entity, as webhooks v2 have them',
    });
  }
  const data = objectIn(plain, 'data');
  const id = member(meta, 'entity_id') ?? (data === null ? null : member(data, 'id'));
  const eventId = [member(meta, 'id') ?? '', entity, id ?? '', action].join(' ').trim();
  if (entity !== 'person') {
    return { ok: true, events: [ignoredEvent(eventId, 'unknown-type', `${action} ${entity}`)] };
  }
  if (id === null || id.length > 100) {
    return wrongBody({ pointer: '/meta/entity_id', code: 'required', detail: 'is missing' });
  }
  const userId = member(meta, 'user_id');
  if (userId !== null && settings.ownSourceIds.includes(userId)) {
    return { ok: true, events: [ignoredEvent(eventId, 'own-echo', userId)] };
  }
  const lasting = { ...plain, meta: without(meta, OF_THE_ATTEMPT) };
  const at = instantOf(member(meta, 'timestamp') ?? '');
  const origin = { eventId, at, contentSha256: contentHash(lasting, PIPEDRIVE_SECRETS) };
  if (action === 'delete') {
    const stays = member(meta, 'merged_to_id');
    const fact =
      stays === null || stays === id || stays.length > 100
        ? endOf(arrival, origin, 'deleted', id)
        : mergeOf(arrival, origin, stays, [id]);
    return { ok: true, events: [{ eventId, told: [fact], note: null }] };
  }
  if ((action !== 'create' && action !== 'change') || data === null) {
    return { ok: true, events: [ignoredEvent(eventId, 'unknown-type', `${action} ${entity}`)] };
  }
  const { facts, note } = upsertOf(arrival, origin, { externalId: id, ...saidOf(data) });
  return { ok: true, events: [{ eventId, told: facts, note }] };
}

/** A list that is there is the whole of it. */
function saidOf(data: Plain) {
  const [emails, phones] = [addressesIn(data, 'emails', 'email'), addressesIn(data, 'phones', 'phone')];
  return {
    ...(Object.hasOwn(data, 'name') ? { name: member(data, 'name') } : {}),
    ...(emails === undefined ? {} : { emails }),
    ...(phones === undefined ? {} : { phones }),
    complete: emails !== undefined && phones !== undefined,
    replaces: ['email', 'phone'] as const,
  };
}

function addressesIn(data: Plain, ...names: readonly string[]): readonly SaidAddress[] | undefined {
  const list = names.map((name) => data[name]).find((one) => Array.isArray(one)) as readonly unknown[] | undefined;
  return list?.flatMap((one): SaidAddress[] => {
    const value = typeof one === 'object' && one !== null ? member(one as Plain, 'value') : null;
    if (value === null) {
      return [];
    }
    const { label, primary } = one as { label?: unknown; primary?: unknown };
    return [{ value, label: typeof label === 'string' ? label : null, primary: primary === true ? true : null }];
  });
}

function objectIn(plain: Plain, name: string): Plain | null {
  const inside = Object.hasOwn(plain, name) ? plain[name] : null;
  return typeof inside === 'object' && inside !== null && !Array.isArray(inside) ? (inside as Plain) : null;
}

function without(plain: Plain, names: ReadonlySet<string>): Plain {
  return Object.fromEntries(Object.entries(plain).filter(([name]) => !names.has(name)));
}
