import type { CaseState } from '#libs/case-domain';

export const ENDPOINT_KINDS = ['mailbox', 'phone_number', 'callbar', 'api'] as const;
export type EndpointKind = (typeof ENDPOINT_KINDS)[number];

/** Everything of an address that people decide through the API. */
export interface EndpointRow {
  readonly id: string;
  readonly kind: EndpointKind;
  readonly address: string;
  readonly groupId: string;
  readonly defaultPriority: CaseState['priority'];
  readonly defaultType: CaseState['type'];
  /** Instead of the account's; null is as in the account. */
  readonly autoCreate: readonly string[] | null;
  readonly active: boolean;
}

/** An address that interactions can reach, as it is stored. */
export interface EndpointDetail extends EndpointRow {
  readonly label: string | null;
  readonly managedBy: 'file' | 'api';
  /** The part of the file that declares it. */
  readonly place: string | null;
  readonly version: number;
  /** The version in which each field changed last; a field that never did is not there. */
  readonly changedIn: Readonly<Record<string, number>>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
