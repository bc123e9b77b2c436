/** An API client, as its key made it known. */
export interface Client {
  readonly accountId: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly scopes: readonly string[];
  /** Ids of the agents that it may act for; null is all of them. */
  readonly allowedAgents: readonly string[] | null;
}

/** An agent for whom a client acts. */
export interface ActingAgent {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
}

/** Who asks: a client of an account, for itself or for an agent. */
export interface Principal extends Client {
  readonly agent: ActingAgent | null;
}
