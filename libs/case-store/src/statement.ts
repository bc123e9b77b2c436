/** Puts a value among the parameters of a statement and returns its name there. */
export type Bind = (value: unknown) => string;

/** What else has to be true of the rows of a list. */
export interface Further {
  /** Of a row `c`; `account` is the name of the parameter that is the account. */
  readonly condition: (bind: Bind, account: string) => string;
  /** It names the rows, so that nothing need be read along the list. */
  readonly names: boolean;
}
