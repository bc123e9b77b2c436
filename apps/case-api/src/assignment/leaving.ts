import type { Leaving } from '#libs/case-domain';
import type { CommandInput } from '#libs/case-ledger';
import { findLeavingCases, type LeavingCases, type Queryable } from '#libs/case-store';
import { askerOf } from '../access/asker.js';
import type { Principal } from '../access/principal.js';
import { ProblemException } from '../http/problem.js';
import type { Settled } from '../writing/writes.js';

/** What one transaction gives away within a second or two; it holds all of them meanwhile. */
const MOST_RELEASED = 2_000;

/** 409: a case came to whoever leaves since the cases were told to be given away. */
export class CasesCame extends ProblemException {
  constructor() {
    super({ code: 'in-use', detail: 'Cases keep coming to it: ask again.' });
  }
}

/** Cases that change hands, and what tells the ledger so. */
export interface Releases {
  readonly inputs: readonly CommandInput[];
  /** By the place of the input. */
  readonly tasks: readonly boolean[];
}

export const NO_RELEASES: Releases = { inputs: [], tasks: [] };

/** Which cases those are. */
function casesOf(leaving: Leaving): LeavingCases {
  return leaving.who === 'agent'
    ? { agentId: leaving.agentId, groupId: leaving.groupId, tasks: true }
    : { agentId: null, groupId: leaving.groupId, tasks: true };
}

/** Commands that give away what an agent or a group leaves. Throws 409 for too many cases. */
export async function releasesOf(client: Queryable, principal: Principal, leaving: Leaving): Promise<Releases> {
  const cases = await findLeavingCases(client, principal.accountId, casesOf(leaving), MOST_RELEASED + 1);
  if (cases.length > MOST_RELEASED) {
    const detail = `More than ${MOST_RELEASED} cases would change hands: give some of them away first.`;
    throw new ProblemException({ code: 'in-use', detail });
  }
  const inputs = cases.map(({ id }): CommandInput => {
    const target = { by: 'id', value: id } as const;
    const command = {
      command: 'release',
      asker: askerOf(principal),
      expected: null,
      faults: [],
      target,
      leaving,
    } as const;
    return { kind: 'command', command };
  });
  return { inputs, tasks: cases.map(({ isTask }) => isTask) };
}

/** Both, one after the other. */
export function bothReleases(one: Releases, other: Releases): Releases {
  return { inputs: [...one.inputs, ...other.inputs], tasks: [...one.tasks, ...other.tasks] };
}

/** Throws `CasesCame` when cases are left: with the lock of who leaves held, nobody adds any more. Tasks stay with agents. */
export async function refuseLeftBehind(client: Queryable, accountId: string, leaving: Leaving): Promise<void> {
  const whose = { ...casesOf(leaving), tasks: leaving.who === 'group' };
  if ((await findLeavingCases(client, accountId, whose, 1)).length > 0) {
    throw new CasesCame();
  }
}

/** How many cases changed hands, and how many tasks were flagged because they have to stay. */
export function countReleased(
  { tasks }: Releases,
  { answers }: Pick<Settled, 'answers'>,
): { readonly released: number; readonly flagged: number } {
  const done = tasks.filter((_, place) => answers.get(place)?.outcome === 'done');
  return { released: done.filter((isTask) => !isTask).length, flagged: done.filter(Boolean).length };
}
