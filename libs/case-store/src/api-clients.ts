// Clients of the API, their keys, and the agents that they act for.
export { apiKeyHash, generateApiKey } from './api-key.js';
export { changeClient, revokeClient, type ClientChange } from './clients/change-client.js';
export type { ClientOutcome, ClientRefusal, KeyOutcome } from './clients/client-outcome.js';
export { createClient } from './clients/create-client.js';
export { lockClients } from './sql/api-clients/lock-clients.js';
export { rotateKey } from './clients/rotate-key.js';
export type { ClientView } from './sql/api-clients/client-view.js';
export { listClients } from './sql/api-clients/list-clients.js';
export { loadClient, type ClientName } from './sql/api-clients/load-client.js';
export { findClientOfKey, type KnownClient } from './sql/api-clients/find-client-of-key.js';
export { touchClient } from './sql/api-clients/touch-client.js';
export { findAgents } from './sql/agents/find-agents.js';
export { findAgent, type AgentName, type AgentView } from './sql/agents/find-agent.js';
