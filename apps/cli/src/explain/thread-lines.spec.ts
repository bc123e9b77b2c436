import { describe, expect, it } from '@jest/globals';
import { threadLines } from './thread-lines.js';

const reference = { rule: 'references', kind: 'message_id', value: 'a@x' };

describe('what explain tells of the thread', () => {
  it('is the rule and the value that matched, the runner-up, and why the others did not count', () => {
    const lines = threadLines({
      rule: 'in_reply_to',
      matched: { kind: 'message_id', value: 'root@x' },
      conflicts: [{ ...reference, caseId: 'case-b' }],
      joined: [{ ...reference, value: 'b@x', caseId: 'case-c' }],
      ignored: [
        { rule: 'subject_number', kind: 'case_number', value: '12', caseId: 'case-d', because: 'not_of_the_case' },
        { ...reference, value: 'c@x', because: 'a reason of a later version' },
      ],
      subjectChanged: true,
      nameReused: true,
    });
    expect(lines.map(([name, text]) => `${name}: ${text}`)).toEqual([
      'thread: in_reply_to: message_id root@x',
      'subject: is another one than the case’s; that decides nothing',
      'name: an earlier message has the same Message-ID; both are kept',
      'joined: references: message_id b@x led to case-c, merged into the case',
      'runner-up: references: message_id a@x leads to case-b',
      'not by: subject_number: case_number 12: anybody can guess it, and the sender has no part in the case',
      'not by: references: message_id c@x: a reason of a later version',
    ]);
  });

  it('says whether it referred to anything at all', () => {
    const none = { rule: 'none', matched: null, conflicts: [] };
    expect(threadLines(none)).toEqual([['thread', 'none: it refers to nothing']]);
    expect(threadLines({ ...none, ignored: [{ ...reference, because: 'unknown' }] })).toEqual([
      ['thread', 'none: nothing that it refers to leads to a case'],
      ['not by', 'references: message_id a@x: nobody here bears that name'],
    ]);
  });
});
