export { clientNameOf } from './access/client-name.js';
export * from './access/scopes.js';
export * from './condition/condition.js';
export * from './condition/operator.js';
export { readConditions, type RuleFault } from './condition/read-conditions.js';
export { compileConditions, type ConditionTrace } from './condition/compile-conditions.js';
export { callStoryOf, type CallStory, type StoryMoment } from './call/call-story.js';
export * from './case/case-change.js';
export { CASE_FIELDS } from './case/case-fields.js';
export * from './case/case-state.js';
export { caseEventId } from './case/event-id.js';
export { noonIn } from './case/noon.js';
export { applyChange, beginCase, changeCase, fold, type CaseFields, type Changed } from './case/change.js';
export * from './case/event-data.js';
export * from './case/attachment.js';
export * from './case/comment.js';
export * from './case/custom-field.js';
export * from './case/link.js';
export * from './case/measures.js';
export * from './case/participant.js';
export {
  type ContactCommand,
  type ContactWish,
  needsOfContactCommands,
  type IdentityWish,
  type IdentityWords,
} from './contact-command/contact-command.js';
export type {
  ContactCircumstances,
  ContactCommandDecision,
  ContactDone,
  ContactRefusal,
  ContactRefusalCode,
} from './contact-command/contact-decision.js';
export { decideContactCommand } from './contact-command/decide-contact-command.js';
export * from './contact/contact-change.js';
export * from './contact/contact-state.js';
export { type ContactDecision, type ContactVerdict, decideContact } from './contact-fact/decide-contact.js';
export { nameContactFacts } from './contact-fact/contact-of-fact.js';
export * from './contact/contact-book.js';
export * from './contact/contact-desk.js';
export * from './contact/person.js';
export * from './contact/contact-data.js';
export { type CallNow, callNow } from './callbar/call-now.js';
export { type CallBarDecision, type CallBarVerdict, decideCallBar } from './callbar/decide-call-bar.js';
export { nameMatters, needsOfCallBar } from './callbar/needs-of-call-bar.js';
export { placeOf } from './callbar/place.js';
export { commentOfPress } from './callbar/said.js';
export * from './call/call-times.js';
export * from './command/called.js';
export * from './command/case-wish.js';
export * from './command/command.js';
export type { CommandDecision, CommandVerdict } from './command/command-decision.js';
export { decideCommand } from './command/decide-command.js';
export { contentDigests, REDACTED_TEXT } from './command/interaction/redacted-interaction.js';
export { nameCommands, needsOfCommands } from './command/needs-of-commands.js';
export * from './command/refusal.js';
export { mayMove, type From, type To } from './command/status-machine.js';
export { tellDeferral } from './consequence/deferral.js';
export { problemCascade } from './consequence/problem-cascade.js';
export * from './caller/hear-call.js';
export * from './decision/assignment-rules.js';
export * from './decision/beside.js';
export { completeMessage, type CompletedMessage } from './interaction/complete-message.js';
export { hearBeside } from './message/hear-beside.js';
export { callToldOf, withLineOfCall } from './message/line-of-its-call.js';
export { isVoicemail, namesOfVoicemail } from './message/traits-of-voicemail.js';
export * from './decision/advance.js';
export type { CallRules, CallTexts } from './decision/call-rules.js';
export type { CallsKnown, CallsProbe, CallerProbe, SeenContact, SpokenCall } from './decision/calls.js';
export { callerKeyOf, WITHHELD } from './decision/calls.js';
export { consequencesOf, type Consequence } from './decision/consequences.js';
export * from './decision/decision.js';
export * from './decision/effects.js';
export * from './decision/evidence.js';
export type { Moment } from './decision/moment.js';
export * from './decision/named-interaction.js';
export * from './decision/needs.js';
export * from './decision/press.js';
export * from './decision/snapshot.js';
export { survivorOf } from './decision/survivor.js';
export * from './decision/traffic.js';
export * from './decision/verdict.js';
export * from './due/auto-close.js';
export * from './due/callback.js';
export * from './due/decide-due.js';
export * from './due/requester.js';
export * from './due/stranded.js';
export * from './due/task.js';
export * from './due/waiting.js';
export * from './erasure/erase.js';
export { erasedInteraction, scrubbed } from './erasure/erased-interaction.js';
export * from './erasure/traces.js';
export * from './interaction/back-stop.js';
export { decideInteraction } from './interaction/decide-interaction.js';
export * from './interaction/decide-suspended.js';
export {
  BY_CALL_BAR,
  BY_HAND,
  CALL_BAR_EVENT,
  CONTACT_CHANGE,
  REVISED_FIELDS,
  type RevisedField,
} from './family/setters.js';
export * from './fold/fold.js';
export { CALL_FOLD } from './fold/call-fold.js';
export { VOICEMAIL_FOLD } from './fold/voicemail-fold.js';
export { soundsOf, type KnownSounds, type KnownText } from './fold/sounds-of.js';
export type { TextState } from './call/texts.js';
export * from './interaction/needs-of-interactions.js';
export * from './interaction/revise-interaction.js';
export { isReopenable } from './interaction/follow-up.js';
export { agentCalledBy, type KnownAgents } from './people/answering-agent.js';
export { actsAsAgent } from './people/agent-proof.js';
export { customerOf } from './people/customer.js';
export { foldText } from './search/fold-text.js';
export { type CaseSearch, readSearch, searchableText, searchWords } from './search/search-text.js';
export { extensionKeyOf, speakerOf } from './people/people.js';
export { ASSIGNEE_GONE, type Leaving } from './people/release.js';
export * from './rule/read-business-hours.js';
export * from './rule/read-rule.js';
export * from './rule/rule-fields.js';
export * from './rule/rule-references.js';
export { dryRunRules, type RuleDryRun, type RuledFields } from './rule/dry-run.js';
export { assignsByItself } from './people/strategy.js';
export { loadedBy, waitsForAssignee, WORK_CHANNELS, type WorkChannel, workOf } from './decision/work.js';
