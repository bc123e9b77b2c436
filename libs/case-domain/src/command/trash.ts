import type { CaseState } from '../case/case-state.js';
import type { Circumstances } from './circumstances.js';
import type { TrashCommand } from './command.js';
import type { CommandDecision } from './command-decision.js';
import type { Refusal } from './refusal.js';
import { refuse } from './refuse.js';

export function decideTrash(
  _command: TrashCommand,
  state: CaseState,
  _circumstances: Circumstances,
): CommandDecision | Refusal {
  return refuse({ code: 'forbidden', detail: 'later' }, state);
}
