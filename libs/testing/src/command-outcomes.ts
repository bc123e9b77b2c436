import { aCase, aGroup, aMember, aMoment, anAgent, aSnapshot, type SnapshotParts } from './builders/index.js';
import { type CaseCommand, type CaseState, decideCommand, type Effects, type Refusal } from '#libs/case-domain';

export const ANA = anAgent();
export const BEN = anAgent({ email: 'ben@acme.example' });
export const GONE = anAgent({ email: 'gone@acme.example', active: false });
export const OUTSIDER = anAgent({ email: 'outsider@acme.example' });
export const TEAM = [ANA, BEN, GONE, OUTSIDER];
export const SUPPORT_TEAM = aGroup({ members: [aMember(ANA), aMember(BEN), aMember(GONE)] });

/** A snapshot in which Ana and Ben are in Support. */
export const teamSnapshot = (parts: SnapshotParts = {}) =>
  aSnapshot({ agents: TEAM, groups: [SUPPORT_TEAM], ...parts });

/** What a command does that is carried out. */
export function effectsOfCommand(command: CaseCommand, parts: SnapshotParts = {}): Effects {
  const decided = decideCommand(command, teamSnapshot(parts), aMoment());
  if ('code' in decided) {
    throw new Error(`refused: ${JSON.stringify(decided)}`);
  }
  return decided.effects;
}

/** The case after a command that changes it, and the kind of the event. */
export function afterCommand(command: CaseCommand, parts: SnapshotParts = {}): CaseState & { readonly kind: string } {
  const [changed] = effectsOfCommand(command, parts).cases;
  if (changed === undefined) {
    throw new Error('nothing changed');
  }
  return { ...changed.state, kind: changed.change.kind };
}

/** How a command is refused. */
export function refusalOf(command: CaseCommand, parts: SnapshotParts = {}): Refusal {
  const decided = decideCommand(command, teamSnapshot(parts), aMoment());
  if (!('code' in decided)) {
    throw new Error(`not refused: ${JSON.stringify(decided.effects.cases[0]?.change)}`);
  }
  return decided;
}

/** What is wrong with a refused command. */
export const faultsOf = (command: CaseCommand, parts: SnapshotParts = {}): string[] =>
  refusalOf(command, parts).faults.map(({ pointer, code }) => `${pointer} ${code}`);

/** A case of Ana's. */
export const anOwnedCase = (overrides: Partial<CaseState> = {}): CaseState =>
  aCase({ category: 'open', assigneeId: ANA.id, ...overrides });
