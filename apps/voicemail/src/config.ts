import type { Configuration, TelephonyConfiguration } from '#libs/runtime';

/** The telephony connections whose voicemail webhooks this app will serve. */
export function voicemailConfiguration(configuration: Configuration): readonly TelephonyConfiguration[] {
  return configuration.telephony;
}
