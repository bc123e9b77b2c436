// Who is given cases, and cases that wait for somebody.
export { deleteWakes } from './sql/assignment/delete-wakes.js';
export { findLeavingCases, type LeavingCases } from './sql/assignment/find-leaving-cases.js';
export { findStrandedCases } from './sql/assignment/find-stranded-cases.js';
export { findWaitingCases, type WaitingCase } from './sql/assignment/find-waiting-cases.js';
export { findWaitingLines, findWokenLines, type WaitingLine } from './sql/assignment/find-waiting-lines.js';
export { holdAgents, type Membership } from './sql/assignment/hold-agents.js';
export { insertWakes, WAKE_CHANNEL } from './sql/assignment/insert-wakes.js';
export { readWakes, type WakeRow } from './sql/assignment/read-wakes.js';

// Agents, groups and addresses as people set them up.
export * from './sql/agents/agent-detail.js';
export { listAgents } from './sql/agents/list-agents.js';
export { insertAgent, updateAgent } from './sql/agents/write-agent.js';
export { type Presence, writePresence } from './sql/agents/write-presence.js';
export type { GroupDetail, GroupRow, MemberDetail } from './sql/groups/group-detail.js';
export { listGroups } from './sql/groups/list-groups.js';
export { retireGroup } from './sql/groups/retire-group.js';
export { insertGroup, updateGroup } from './sql/groups/write-group.js';
export { joinGroups, leaveGroups, updateMember } from './sql/groups/write-members.js';
export * from './sql/endpoints/endpoint-detail.js';
export { listEndpoints } from './sql/endpoints/list-endpoints.js';
export { insertEndpoint, updateEndpoint } from './sql/endpoints/write-endpoint.js';
