/** Where cases go when they begin: assignment rules and business hours. */
export { problemsOfRouting, type DeclaredAssignmentRule } from './declare-rules.js';
export { findRuleNames } from './find-rule-names.js';
export { accountHoursOf } from './load-assignment-rules.js';
export type { AssignmentRuleRow, AssignmentRuleView } from './sql/assignment-rules/assignment-rule-row.js';
export { type BrokenRule, breakAssignmentRules } from './sql/assignment-rules/break-assignment-rules.js';
export { deleteAssignmentRule } from './sql/assignment-rules/delete-assignment-rule.js';
export { listAssignmentRules } from './sql/assignment-rules/list-assignment-rules.js';
export { lockAssignmentRules } from './sql/assignment-rules/lock-assignment-rules.js';
export { insertAssignmentRule, updateAssignmentRule } from './sql/assignment-rules/write-assignment-rule.js';
export type { BusinessHoursView } from './sql/business-hours/business-hours-row.js';
export { listBusinessHours } from './sql/business-hours/list-business-hours.js';
export { deleteBusinessHours, writeBusinessHours } from './sql/business-hours/write-business-hours.js';
export { listOpenings, type Opening } from './sql/interactions/list-openings.js';
