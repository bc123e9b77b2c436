import type { Interaction, Party } from '#libs/interaction';
import { identityOf, type Agent, type KnownIdentity, type Snapshot } from '../decision/snapshot.js';

/** The one who speaks: the author behind a list or a form that rewrote the sender, else the sender. */
export function speakerOf(interaction: Interaction): Party {
  return rewrittenAuthor(interaction) ?? interaction.sender;
}

function rewrittenAuthor({ forwarded }: Interaction): Party | null {
  const rewritten = forwarded?.method === 'list_rewrite' || forwarded?.method === 'reply_to';
  return rewritten ? forwarded.author : null;
}

/** Whether it was said and not written: a call, or what was left in one. */
export function isSpoken({ outcome }: Interaction): boolean {
  return outcome !== null && outcome !== undefined;
}

/** Whether it is a call, also while nothing has come of it yet: an agent may have wanted a case for it. */
export function isOfCall(interaction: Interaction): boolean {
  return isSpoken(interaction) || Boolean(interaction.talkers);
}

/** `proven`: the channel proved who speaks. `open`: it says nothing. `doubted`: it failed, or nothing could prove it. */
export type Proof = 'proven' | 'open' | 'doubted';

/** Put on what anybody may have written in anybody's name, such as a form on a web site. */
const CLAIMED = 'claimed_sender';

/** Whether nothing stands behind who it says it is from, whatever is known of that address. */
export function isClaimed({ flags }: Interaction): boolean {
  return flags.includes(CLAIMED);
}

/** What the channel proved is the sender; of a mere claim, and of the author behind a rewritten sender, it proves nothing. */
export function proofOf(interaction: Interaction): Proof {
  const verdict = interaction.trust.verdict;
  if (verdict === 'fail' || isClaimed(interaction) || rewrittenAuthor(interaction) !== null) {
    return 'doubted';
  }
  return verdict === 'pass' ? 'proven' : 'open';
}

/** The active agent behind a party, also by the extension that alone is told of who calls. */
export function agentOf(party: Party, snapshot: Snapshot): Agent | null {
  const isExtension = party.kind === 'anonymous' && Boolean(party.raw);
  const agent = snapshot.agents.get(isExtension ? extensionKeyOf(party.raw ?? '') : identityOf(party));
  return agent?.active === true ? agent : null;
}

/** The name by which an agent is known who alone has the extension. */
export function extensionKeyOf(extension: string): string {
  return identityOf({ kind: 'extension', value: extension });
}

/** What is known of a party that is not anonymous. */
export function knownIdentity(party: Party, snapshot: Snapshot): KnownIdentity | null {
  return party.kind === 'anonymous' ? null : (snapshot.identities.get(identityOf(party)) ?? null);
}

/** What the party claims to be, as a case keeps it. */
export function suppliedBy(party: Party): { name: string | null; email: string | null; phone: string | null } {
  return {
    name: party.name ?? null,
    email: party.kind === 'email' ? party.value : null,
    phone: party.kind === 'phone' ? (party.raw ?? party.value) : null,
  };
}
