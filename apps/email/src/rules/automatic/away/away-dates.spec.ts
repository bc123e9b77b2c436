import { describe, expect, it } from '@jest/globals';
import { countProcessorTime } from '#libs/testing';
import { awayDates } from './away-dates.js';

const SENT = { instant: '2026-12-18T09:00:00.000Z', dateLine: 'Fri, 18 Dec 2026 09:00:00 +0000' };
const SUMMER = { instant: '2026-07-30T09:00:00.000Z', dateLine: 'Thu, 30 Jul 2026 09:00:00 +0000' };
const AMERICA = { instant: '2026-12-18T14:00:00.000Z', dateLine: 'Fri, 18 Dec 2026 09:00:00 -0500' };
const AUSTRALIA = { instant: '2026-12-18T09:00:00.000Z', dateLine: 'Fri, 18 Dec 2026 20:00:00 +1100' };

type Row = readonly [note: string, from: string | null, until: string | null];

/** Sent on Friday, 18 December 2026. */
const IN_WINTER: readonly Row[] = [
  // English
  ['I am out of the office until 24 December.', null, '2026-12-24'],
  ['I will be away until the 24th of December, 2026 and will answer then.', null, '2026-12-24'],
  ['Out of office through Friday, January 1st', null, '2027-01-01'],
  ["I'm on leave until Dec. 24th", null, '2026-12-24'],
  ['Thank you for your mail. I am on holiday and will be back on Monday 4 January.', null, '2027-01-03'],
  ['I am out of the office, returning January 4, 2027.', null, '2027-01-03'],
  ['I will return to the office on Monday, 4 January 2027.', null, '2027-01-03'],
  ['I am away from 21 December to 3 January.', '2026-12-21', '2027-01-03'],
  ['I will be out of the office starting 21 December and will return on 4 January.', '2026-12-21', '2027-01-03'],
  ['I am on vacation from December 21 through January 3, 2027', '2026-12-21', '2027-01-03'],
  ['On annual leave 21-31 December', '2026-12-21', '2026-12-31'],
  ['Out of office: December 21 - 31', '2026-12-21', '2026-12-31'],
  ['I am out until 2027-01-08.', null, '2027-01-08'],
  ['I am away between 21 December and 8 January', '2026-12-21', '2027-01-08'],
  ['On 4 January I will be back in the office.', null, '2027-01-03'],
  ['I am available again from 4 January.', null, '2027-01-03'],
  ['I have been away since 14 December and return on 4 January', null, '2027-01-03'],
  ['I am out of the office until 24-Dec-2026', null, '2026-12-24'],
  ['I am out of office from Monday 21st December and returning on Monday 4th January', '2026-12-21', '2027-01-03'],
  ['I have your mail from 15 December and am out of the office until 4 January.', null, '2027-01-04'],
  ['I will be out of office from 12/21 through 1/4.', '2026-12-21', '2027-01-04'],
  ['OOO until 2027/01/04', null, '2027-01-04'],
  ['I am out from 21 December 2026 08:00 to 3 January 2027 17:00.', '2026-12-21', '2027-01-03'],
  ['I am out from 21 December at 8:00 am until 3 January at 5:00 pm.', '2026-12-21', '2027-01-03'],
  ['Ich bin vom 21.12.2026 um 8:00 Uhr bis zum 3.1.2027, 17:00 Uhr, abwesend.', '2026-12-21', '2027-01-03'],
  // German
  ['Ich bin bis zum 24.12.2026 nicht im Büro.', null, '2026-12-24'],
  ['Ich bin bis einschließlich Montag, den 4. Januar abwesend.', null, '2027-01-04'],
  ['Vom 21.12. bis 03.01. bin ich im Urlaub und ab 04.01. wieder erreichbar.', '2026-12-21', '2027-01-03'],
  ['Ich bin vom 21. bis 31. Dezember nicht da.', '2026-12-21', '2026-12-31'],
  ['Ab dem 4. Januar bin ich wieder für Sie da.', null, '2027-01-03'],
  ['Ich bin ab 21.12.26 im Urlaub und am 4.1.27 wieder zurück.', '2026-12-21', '2027-01-03'],
  ['Abwesend: 21.12.2026 – 03.01.2027', '2026-12-21', '2027-01-03'],
  // French
  ["Je suis absente du bureau jusqu'au 24 décembre inclus.", null, '2026-12-24'],
  ['Je suis en congé du 21 décembre au 3 janvier 2027.', '2026-12-21', '2027-01-03'],
  ['Je serai de retour le lundi 4 janvier.', null, '2027-01-03'],
  ['Absent du 21/12/2026 au 03/01/2027', '2026-12-21', '2027-01-03'],
  // Spanish
  ['Estaré fuera de la oficina hasta el 24 de diciembre de 2026.', null, '2026-12-24'],
  ['Estoy de vacaciones del 21 de diciembre al 3 de enero.', '2026-12-21', '2027-01-03'],
  ['Vuelvo el lunes 4 de enero', null, '2027-01-03'],
  // Portuguese
  ['Estarei ausente até 24 de dezembro.', null, '2026-12-24'],
  ['Estou de férias de 21 de dezembro a 3 de janeiro', '2026-12-21', '2027-01-03'],
  ['Férias do dia 21 ao dia 31 de dezembro; regresso no dia 4 de janeiro', '2026-12-21', '2026-12-31'],
  ['Estou fora do escritório, regressando a 4 de janeiro.', null, '2027-01-03'],
  // Italian
  ['Sarò assente fino al 24 dicembre compreso.', null, '2026-12-24'],
  ['Sono in ferie dal 21 dicembre al 3 gennaio 2027', '2026-12-21', '2027-01-03'],
  ['Rientro lunedì 4 gennaio.', null, '2027-01-03'],
  // Dutch
  ['Ik ben afwezig tot en met 24 december.', null, '2026-12-24'],
  ['Ik ben van 21 december t/m 3 januari op vakantie.', '2026-12-21', '2027-01-03'],
  ['Maandag 4 januari ben ik weer aanwezig', null, '2027-01-03'],
  ['Ik ben weer terug op 04-01-2027.', null, '2027-01-03'],
  // Swedish, Danish, Norwegian, Finnish
  ['Jag är på semester till och med den 24 december.', null, '2026-12-24'],
  ['Jag är tillbaka måndag den 4 januari.', null, '2027-01-03'],
  ['Jeg holder ferie fra den 21. december til den 3. januar', '2026-12-21', '2027-01-03'],
  ['Jeg er tilbake 4. januar 2027', null, '2027-01-03'],
  ['Olen lomalla 24.12. asti.', null, '2026-12-24'],
  ['Olen poissa 21.12.–3.1. ja palaan 4.1.', null, '2027-01-03'],
  ['Palaan töihin 4. tammikuuta.', null, '2027-01-03'],
  // Polish, Czech, Turkish
  ['Jestem na urlopie do 24 grudnia.', null, '2026-12-24'],
  ['Od 21 grudnia do 3 stycznia 2027 jestem poza biurem', '2026-12-21', '2027-01-03'],
  ['Jsem na dovolené do 24. 12. 2026.', null, '2026-12-24'],
  ["24 Aralık 2026'ya kadar ofis dışındayım", null, '2026-12-24'],
  ["24 Aralık'a kadar izindeyim.", null, '2026-12-24'],
  ["4 Ocak'ta döneceğim.", null, '2027-01-03'],
  // Two languages, the quoted mail below
  ['Ich bin bis 24.12. abwesend.\n\nI am away until 24 December.', null, '2026-12-24'],
  ['I am away.\n> I need it until 24 December', null, null],
  // What tells of no absence, or not for sure
  ['I am out of the office until further notice.', null, null],
  ['I am away until Monday.', null, null],
  ['Thank you for your order of 15 December 2026, it ships on 21 December.', null, null],
  ['Your mail of 15 December has arrived. I am away at the moment.', null, null],
  ['Ihre Mail vom 15. Dezember habe ich erhalten.', null, null],
  ['We are there 24/7, call +44 20 7946 0000, until 17.30 Uhr.', null, null],
  ['I am out until 31 February.', null, null],
  ['I am out until 24 December 2031.', null, null],
  ['until', null, null],
  ['', null, null],
];

describe('the dates of a note of absence', () => {
  it.each(IN_WINTER)('%j', (note, awayFrom, awayUntil) => {
    expect(awayDates(note, SENT)).toEqual({ awayFrom, awayUntil });
  });

  it.each<Row>([
    ['I am away from 3 to 17 August', '2026-08-03', '2026-08-17'],
    ['On holiday 3rd - 17th August 2026.', '2026-08-03', '2026-08-17'],
    ['August 3-17, 2026', '2026-08-03', '2026-08-17'],
    ['Ich bin vom 03.08. bis 17.08.2026 im Urlaub', '2026-08-03', '2026-08-17'],
    ['Vom 3.–17. August', '2026-08-03', '2026-08-17'],
    ['Absent du 3 au 17 août', '2026-08-03', '2026-08-17'],
    ['Del 3 al 17 de agosto', '2026-08-03', '2026-08-17'],
    ['Dal 3 al 17 agosto', '2026-08-03', '2026-08-17'],
    ['De 3 a 17 de agosto', '2026-08-03', '2026-08-17'],
    ['Van 3 tot en met 17 augustus', '2026-08-03', '2026-08-17'],
    ['I am out since July 20 until 7 August', '2026-07-20', '2026-08-07'],
    ['Out from 20 July to 7 August', '2026-07-20', '2026-08-07'],
  ])('in summer: %j', (note, awayFrom, awayUntil) => {
    expect(awayDates(note, SUMMER)).toEqual({ awayFrom, awayUntil });
  });
});

describe('numbers that may be day or month', () => {
  const NOTE = 'I am out of the office and will be back on 02/01/2027.';
  it.each([
    ['unknown zone', NOTE, SENT, null],
    ['an American zone', NOTE, AMERICA, '2027-01-31'],
    ['an Australian zone', NOTE, AUSTRALIA, '2027-01-01'],
    ['another date', 'I am out of the office from 12/21/2026 to 01/02/2027 with my phone.', SENT, '2027-01-02'],
    ['the weekday', 'I am out of the office until Saturday 02/01/2027, and will answer then.', SENT, '2027-01-02'],
    ['the other weekday', 'I am out of the office until Monday 02/01/2027, and will answer then.', SENT, '2027-02-01'],
    ['equal numbers', 'I am out of the office until 01/01/2027 and will answer then.', SENT, '2027-01-01'],
    ['a number above 12', 'I am out of the office until 24/12 and will answer then.', SENT, '2026-12-24'],
    ['another language', 'Je suis en congé jusqu’au 02/01/2027.', SENT, '2027-01-02'],
  ])('%s', (_, note, sentOn, awayUntil) => {
    expect(awayDates(note, sentOn).awayUntil).toBe(awayUntil);
  });
});

it('reads a long text in time, whatever it holds', () => {
  for (const piece of ['until ', '1', '1.', '1 to ', 'from 1 - ', '-', 'december ', '\n\n', '24.12.', "d'"]) {
    const computed = countProcessorTime();
    awayDates(piece.repeat(200_000), SENT);
    expect(computed()).toBeLessThan(200);
  }
});
