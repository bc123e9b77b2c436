/** How a provider's recordings are asked for: from which hosts, and as whom. */
export interface RecordingAccess {
  /** The provider's own hosts, `api.vendor.example` or `*.vendor.example`: credentials go to no other. */
  readonly hosts: readonly string[];
  /** Null where addresses are signed, or nobody is asked who they are. */
  readonly credentials: RecordingCredentials | null;
}

/** Secrets, which stand in no record, log or answer. */
export type RecordingCredentials =
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | {
      /** RFC 6749 §4.4, the client by HTTP Basic; the token goes along as a bearer. */
      readonly kind: 'client_credentials';
      readonly tokenUrl: string;
      readonly clientId: string;
      readonly clientSecret: string;
    };
