import { type CallParty, RECORDING_STATUSES } from '#libs/interaction';
import { type Choice, earliest, latest } from './said.js';

/** Who shows a number says more than who only has an extension, and that more than nothing at all. */
const partyRank = ({ number, extension }: CallParty): number => (number ? 2 : extension ? 1 : 0);

/** Of parties the one who says most of themselves; of equals the first. A number that was hidden before shows at last. */
export const fullestParty: Choice = (one, other) =>
  partyRank(one.value as CallParty) - partyRank(other.value as CallParty) || earliest(one, other);

const byRankIn =
  (ranks: readonly string[]): Choice =>
  (one, other) =>
    ranks.indexOf(one.value as string) - ranks.indexOf(other.value as string) || latest(one, other);

/** How far it has come, whatever was told last. */
export const BY_RECORDING_STATUS = { status: byRankIn(RECORDING_STATUSES) } as const;
