import type { CommandInput } from '#libs/case-ledger';
import { findCasesInStatus, listStatuses, type Queryable } from '#libs/case-store';
import { askerOf } from '../access/asker.js';
import type { Principal } from '../access/principal.js';
import { readBody } from '../body/read-body.js';
import { STATUS_PATCH } from './status-body.js';
import { statusNamed } from './status-name.js';
import { faultsOfPatch } from './status-rules.js';
import { CasesHaveStatus, inUse, refuse } from './status-uses.js';

/** What one transaction moves within a second or two; it holds all of them meanwhile. */
const MOST_MOVED = 2_000;

/**
 * Commands that give the cases of a status its replacement. None for a request that will be refused, or that leaves no
 * case without a status: whoever answers it looks again, under the lock. Throws 404, and 409 for too many cases.
 */
export async function movesOf(
  client: Queryable,
  principal: Principal,
  { name, body }: { readonly name: string; readonly body: unknown },
): Promise<CommandInput[]> {
  const { accountId } = principal;
  const all = await listStatuses(client, accountId);
  const before = statusNamed(all, name);
  const { value, faults } = readBody(body, STATUS_PATCH);
  const replacement = value.replacement_id === undefined ? undefined : all.find(value.replacement_id);
  const isRefused = [...faults, ...faultsOfPatch(all, before, value)].length > 0 || before.isDefault;
  if (isRefused || replacement === undefined || !before.active) {
    return [];
  }
  const caseIds = await findCasesInStatus(client, accountId, before.id, MOST_MOVED + 1);
  if (caseIds.length > MOST_MOVED) {
    refuse(inUse(`More than ${MOST_MOVED} cases have it: give some of them another status first.`));
  }
  return caseIds.map((id) => ({
    kind: 'command',
    command: {
      command: 'update',
      asker: askerOf(principal),
      expected: null,
      faults: [],
      target: { by: 'id', value: id },
      wish: { statusId: { by: 'id', value: replacement.id } },
    },
  }));
}

/** While cases keep coming, somebody gives them the status: whoever asked to be rid of it has to know. */
const MOST_ATTEMPTS = 5;

/**
 * Runs what moves the cases of a status and deactivates it, again when a case came into it in between. Ends in
 * `CasesHaveStatus`, or whatever says of other things that they have cases, when cases came every time.
 */
export async function untilNoCaseComes<Done>(
  move: () => Promise<Done>,
  Came: new (...about: never[]) => Error = CasesHaveStatus,
): Promise<Done> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await move();
    } catch (error) {
      if (!(error instanceof Came) || attempt === MOST_ATTEMPTS) {
        throw error;
      }
    }
  }
}

/** Whether the request names a status that is to take over. */
export function namesReplacement(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'replacement_id' in body;
}
