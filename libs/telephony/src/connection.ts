/** One entry of `telephony:`, checked: what every provider has, and the settings of its own. */
export interface Connection<Settings extends object = object> {
  readonly provider: string;
  readonly key: string;
  /** The address that the provider was given, without `/webhooks/…`; null where nothing is signed over it. */
  readonly publicUrl: string | null;
  readonly settings: Settings;
}
