import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aCall, aCallBarEvent } from '#libs/testing';
import { ANA } from '../e2e/acme.js';
import { openPressedWorld, type PressedWorld } from './pressed-world.js';

const [started, , answered] = aCall();
const create = aCallBarEvent('case.create', 20);
const detach = (value: string) => aCallBarEvent('case.detach', 40, { case: { by: 'number', value } });
const attach = (value: string) => aCallBarEvent('case.attach', 30, { case: { by: 'number', value } });
const note = (text: string, seconds = 25) => aCallBarEvent('note.save', seconds, { text, name: `note ${text}` });

let world: PressedWorld;
beforeAll(async () => {
  world = await openPressedWorld();
});
beforeEach(() => world.clear());
afterAll(() => world?.stop());

describe('what is refused', () => {
  it.each([
    ['case-not-found', attach('999')],
    ['contact-not-found', aCallBarEvent('contact.link', 20, { contact: { contactId: create.id } })],
    ['agent-unknown', aCallBarEvent('note.save', 20, { text: 'x', agent: 'nobody@acme.example', name: 'nobody' })],
    ['group-not-found', aCallBarEvent('case.create', 20, { group: 'Nobodys', name: 'group' })],
  ])('%s', async (reason, event) => {
    await world.tells(started, answered);
    await world.presses(event);
    expect(await world.lineOf(event)).toMatchObject({ state: 'refused', reason });
  });

  it('agent-inactive, whatever the token says; and case-closed', async () => {
    await world.tells(started, answered);
    await world.query(`update agent set active = false where email = $1`, [ANA]);
    const said = note('Too late');
    await world.presses(said);
    expect(await world.lineOf(said)).toMatchObject({ state: 'refused', reason: 'agent-inactive' });
    await world.query(`update agent set active = true where email = $1`, [ANA]);
    const { id, number } = await world.theCase();
    await world.set(id, {
      category: "'resolved'",
      resolved_at: 'now()',
      resolution: "'Done.'",
      resolution_source: "'agent'",
      status_id: "(select id from case_status where category = 'resolved' and is_default limit 1)",
      closed_at: 'now()',
      closed_reason: "'auto_close'",
    });
    const later = note('Later', 26);
    await world.presses(later, detach(number));
    expect(await world.lineOf(later)).toMatchObject({ state: 'refused', reason: 'case-closed' });
    expect(await world.lineOf(detach(number))).toMatchObject({ state: 'refused', reason: 'case-closed' });
  });

  it('an id that another event had before', async () => {
    await world.tells(started, answered);
    await world.presses(create);
    expect(await world.presses({ ...create, contentSha256: '0'.repeat(64), subject: 'Other' })).toEqual([
      'event-id-reused',
    ]);
    expect(await world.lineOf(create)).toMatchObject({ state: 'applied' });
  });
});
