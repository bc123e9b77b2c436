import type { Interaction } from '#libs/interaction';

/** Where a change came in, as every event says: from whom to where, and for a call of ours from which line to whom. */
export function viaOf(interaction: Interaction, rel: string) {
  const { source, sender, recipients, endpoint, direction } = interaction;
  const ours = endpoint?.address ?? null;
  const parties =
    direction === 'outbound' && ours !== null
      ? { from: ours, to: recipients[0]?.value ?? null }
      : { from: sender.value, to: ours };
  return { channel: source, ...parties, rel };
}
