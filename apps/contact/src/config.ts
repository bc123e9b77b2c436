import type { Configuration, SharedSecretConfiguration } from '#libs/runtime';

/** The secret by which the directory will prove itself. */
export function contactConfiguration(configuration: Configuration): SharedSecretConfiguration {
  return configuration.contacts;
}
