import type { Interaction } from '#libs/interaction';

/** Where a change came in, as every event says. */
export function viaOf(interaction: Interaction, rel: string) {
  const { source, sender, endpoint } = interaction;
  return { channel: source, from: sender.value, to: endpoint?.address ?? null, rel };
}
