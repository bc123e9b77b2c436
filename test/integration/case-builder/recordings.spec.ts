import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CALL_FOLD, VOICEMAIL_FOLD } from '#libs/case-domain';
import { suspectRepeatedContents } from '#libs/case-store';
import { factRecord, type VoicemailFact } from '#libs/interaction';
import { aCallParty, aDeclaredGroup, aDeclaredLine, aVoicemailFact, CALLER, LINE } from '#libs/testing';
import { asHandedOver, testBuilder, type TestBuilder } from './builder.js';
import { emptyTables } from './facts-world.js';

let builder: TestBuilder;
let offset = 0;
beforeAll(async () => {
  const declared = { groups: [aDeclaredGroup('Support', 'round_robin')], endpoints: [aDeclaredLine(LINE)] };
  builder = await testBuilder(declared, 20, {}, [CALL_FOLD, VOICEMAIL_FOLD]);
});
afterAll(() => builder.database.drop());
beforeEach(async () => {
  await emptyTables(builder.database.pool);
  await builder.database.pool.query('truncate unused_content, repeated_content');
});

const left = aVoicemailFact('left', 0, {
  from: aCallParty(CALLER),
  to: aCallParty(LINE),
  recording: { id: 'r-2', status: 'pending' },
});
const storedAt = (seconds: number, digit: string): VoicemailFact => {
  const content = { sha256: digit.repeat(64), size: 9, mediaType: 'audio/wav' };
  return aVoicemailFact('recording', seconds, { recording: { id: 'r-2', status: 'available', content } });
};

async function tell(...facts: VoicemailFact[]): Promise<void> {
  offset += facts.length;
  await builder.handleRecords(facts.map((fact, index) => asHandedOver(factRecord(fact), offset + index)));
}
const suspects = async (): Promise<string[]> => {
  const { rows } = await builder.database.pool.query<{ sha256: string }>('select sha256 from unused_content');
  return rows.map(({ sha256 }) => sha256.slice(0, 1));
};
const files = async (): Promise<unknown[]> => {
  const { rows } = await builder.database.pool.query<{ files: { sha256: string }[] }>(
    `select payload::jsonb #> '{content,attachments}' as files from interaction`,
  );
  return rows.flatMap((row) => row.files.map(({ sha256 }) => sha256.slice(0, 1)));
};

describe('the sound of a voicemail', () => {
  it('is a file of its interaction once it was fetched, and changes nothing of its case', async () => {
    await tell(left);
    expect(await files()).toEqual([]);
    await tell(storedAt(5, 'a'), storedAt(5, 'a'));
    expect([await files(), await suspects()]).toEqual([['a'], []]);
    const { rows } = await builder.database.pool.query('select interaction_count from cases');
    expect(rows).toEqual([{ interaction_count: 1 }]);
  });

  it('leaves when a newer one of the same id came, and its bytes are looked at', async () => {
    await tell(left, storedAt(5, 'a'));
    await tell(storedAt(9, 'b'));
    expect([await files(), await suspects()]).toEqual([['b'], ['a']]);
    await tell(storedAt(7, 'c'));
    expect(await files()).toEqual(['b']);
  });

  it('that comes after a redaction is not taken in, and its bytes are looked at', async () => {
    await tell(left);
    await builder.database.pool.query('update interaction set redacted_at = now()');
    await tell(storedAt(5, 'a'));
    expect(await files()).toEqual([]);
    await suspectRepeatedContents(builder.database.pool);
    expect(await suspects()).toEqual(['a']);
  });
});
