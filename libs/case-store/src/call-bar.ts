// What agents press in the call bar, whom they chose, and which calls they want to call back.
export { type CandidateRow, listCandidates } from './sql/callbar/list-candidates.js';
export { type ChoiceRow, findChoice } from './sql/callbar/find-choice.js';
export { listCallsGoingOn } from './sql/callbar/list-calls-going-on.js';
export { type BesideCallView, listPressedOf } from './sql/callbar/list-pressed.js';
export { type CallbackView, listCallbacks } from './sql/callbacks/list-callbacks.js';
export { lockCalls } from './sql/callbar/lock-calls.js';
export { findPresses, type PressRow } from './sql/callbar/find-presses.js';
export { CALL_BAR_CHANNEL, writePresses } from './sql/callbar/write-presses.js';
export { redactPresses } from './sql/callbar/redact-presses.js';
export { deleteChoices } from './sql/callbar/delete-choices.js';
export { rememberChoices } from './sql/callbar/remember-choices.js';
export { blankCallbacks } from './sql/callbacks/blank-callbacks.js';
export { type DueCallback, findDueCallbacks } from './sql/callbacks/find-due-callbacks.js';
export { writeCallbacks } from './sql/callbacks/write-callbacks.js';
export { writeToldCallbacks } from './sql/callbacks/write-told-callbacks.js';
export { type BesideCall, findBesideCalls } from './sql/callbar/find-companions.js';
export { findWaitingCalls, findWokenCalls, type WokenCall } from './sql/callbar/find-woken-calls.js';
