import type { ConfigurationProblem } from './configuration-error.js';
import type { AccountConfiguration } from './file/account-configuration.js';
import type { LogLevel } from './environment-configuration.js';
import type { FileConfiguration } from './file/file-configuration.js';
import type { ApiKeyConfiguration } from './file/people-configuration.js';

/** What a part that knows more says about the file: every mistake by its path. */
export type ConfigurationCheck = (file: FileConfiguration) => readonly ConfigurationProblem[];

/** Everything that can be set, checked and frozen. */
export interface Configuration extends Omit<FileConfiguration, 'account' | 'apiKeys'> {
  readonly account: AccountConfiguration & {
    readonly defaultGroup: string;
    /** Names of the settings that are written in the file; the others are those that the product has by itself. */
    readonly stated: readonly string[];
  };
  /** Each with the place that declares it, such as `apiKeys[0]`. */
  readonly apiKeys: readonly (ApiKeyConfiguration & { readonly place: string })[];
  /** Path of the file it came from; null when there was none. */
  readonly file: string | null;
  /** Port of the HTTP side; 0 takes any free one. */
  readonly port: number;
  /** Interface of the HTTP side. */
  readonly host: string;
  /** Absolute path. */
  readonly dataDirectory: string;
  /** Null: the embedded PostgreSQL. */
  readonly databaseUrl: string | null;
  /** Folder, `file://` or `s3://`. */
  readonly blobUrl: string;
  readonly logLevel: LogLevel;
}
