import type { Configuration, TelephonyConfiguration } from '#libs/runtime';

/** The telephony connections whose call webhooks this app will serve. */
export function callConfiguration(configuration: Configuration): readonly TelephonyConfiguration[] {
  return configuration.telephony;
}
