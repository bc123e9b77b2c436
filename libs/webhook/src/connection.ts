/** One entry of the configuration that somebody sends to, checked: what every sender has, and the settings of its own. */
export interface Connection<Settings extends object = object> {
  /** The first segment of its address: the provider of a telephone system, `contacts` of a directory. */
  readonly provider: string;
  readonly key: string;
  /** The address that the provider was given, without `/webhooks/…`; null where nothing is signed over it. */
  readonly publicUrl: string | null;
  readonly settings: Settings;
}
