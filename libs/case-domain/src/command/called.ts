/** What a request calls something by: its id, or a name that the account resolves. */
export interface Called<By extends string> {
  readonly by: 'id' | By;
  readonly value: string;
}

/** `number`: decimal text. */
export type CaseCalled = Called<'number'>;
/** `email`: in the form in which identities are kept, like all addresses and numbers below. */
export type AgentCalled = Called<'email'>;
export type GroupCalled = Called<'name'>;
export type StatusCalled = Called<'key'>;
/** `external`: `hubspot:1246965`. */
export type ContactCalled = Called<'email' | 'phone' | 'external'>;
