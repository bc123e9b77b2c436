import { describe, expect, it } from '@jest/globals';
import { countProcessorTime } from '#libs/testing';
import { normalised } from '../../../testing/normalised-mail.js';
import { awayDates } from './away-dates.js';

const SENT = { instant: '2026-03-02T09:00:00.000Z', dateLine: 'Mon, 2 Mar 2026 10:00:00 +0100' };

type Row = readonly [note: string, from: string | null, until: string | null];

/** Sent on Monday, 2 March 2026. */
const NOTES: readonly Row[] = [
  ['2026年3月2日から3月13日まで休暇をいただいております。', '2026-03-02', '2026-03-13'],
  ['3月13日（金）まで不在にしております。', null, '2026-03-13'],
  ['３月１３日まで不在です。', null, '2026-03-13'],
  ['3月2日〜3月13日は不在です。', '2026-03-02', '2026-03-13'],
  ['3月16日に出社します。', null, '2026-03-15'],
  ['3月2日(月)から13日(金)まで休暇です。', '2026-03-02', '2026-03-13'],
  ['3/2(月)〜3/13(金)まで休暇をいただきます。', '2026-03-02', '2026-03-13'],
  ['3/13（金）まで不在です。', null, '2026-03-13'],
  ['我于3月2日至13日休假。', '2026-03-02', '2026-03-13'],
  ['3月1日のメールを受け取りました。', null, null],
  ['我从2026年3月2日至2026年3月13日休假。', '2026-03-02', '2026-03-13'],
  ['休假至3月13日。', null, '2026-03-13'],
  ['我将于3月16日返回办公室。', null, '2026-03-15'],
  ['本人於 2026/3/2 至 2026/3/13 休假。', '2026-03-02', '2026-03-13'],
  ['2026년 3월 2일부터 3월 13일까지 부재중입니다.', '2026-03-02', '2026-03-13'],
  ['3월 2일 ~ 3월 13일 휴가입니다.', '2026-03-02', '2026-03-13'],
  ['3월 16일에 복귀합니다.', null, '2026-03-15'],
  ['Меня не будет в офисе с 2 марта по 13 марта 2026 г.', '2026-03-02', '2026-03-13'],
  ['Я в отпуске до 13.03.2026.', null, '2026-03-13'],
  ['Я вернусь 16 марта.', null, '2026-03-15'],
  ['Я у відпустці до 13 березня 2026 року.', null, '2026-03-13'],
  ['Ще бъда извън офиса до 13 март 2026 г.', null, '2026-03-13'],
  ['Θα είμαι εκτός γραφείου από 2 Μαρτίου έως 13 Μαρτίου 2026.', '2026-03-02', '2026-03-13'],
  ['Θα επιστρέψω στις 16 Μαρτίου.', null, '2026-03-15'],
  ['2026. március 2-tól 2026. március 13-ig szabadságon vagyok.', '2026-03-02', '2026-03-13'],
  ['Március 2-től 13-ig szabadságon vagyok.', '2026-03-02', '2026-03-13'],
  ['Március 2-től a 13-ig', '2026-03-02', null],
  ['2026.03.13-ig szabadságon vagyok.', null, '2026-03-13'],
  ['Sunt plecat din birou până la 13 martie 2026.', null, '2026-03-13'],
  ['Sunt în concediu din 2 martie până în 13 martie.', '2026-03-02', '2026-03-13'],
  ['Na dopustu sem do 13. marca 2026.', null, '2026-03-13'],
  ['Na godišnjem sam odmoru do 13. ožujka 2026.', null, '2026-03-13'],
  ['Som na dovolenke od 2. júna do 13. júna 2026.', '2026-06-02', '2026-06-13'],
  ['Estic de vacances fins al 13 de març de 2026.', null, '2026-03-13'],
  ['Olen puhkusel kuni 13. märtsini 2026.', null, '2026-03-13'],
  ['Atostogauju iki 2026 m. kovo 13 d.', null, '2026-03-13'],
  ['Esmu atvaļinājumā līdz 13. martam.', null, '2026-03-13'],
  ['Saya sedang cuti sampai 13 Maret 2026.', null, '2026-03-13'],
  ['Tôi nghỉ phép từ ngày 02/03/2026 đến hết ngày 13/03/2026.', '2026-03-02', '2026-03-13'],
  ['أنا خارج المكتب حتى 13 مارس 2026.', null, '2026-03-13'],
  ['אני מחוץ למשרד עד 13/03/2026.', null, '2026-03-13'],
];

it.each(NOTES)('reads the dates of %j', (note, awayFrom, awayUntil) => {
  expect(awayDates(note, SENT)).toEqual({ awayFrom, awayUntil });
});

it('reads long notes in time, whatever they hold', () => {
  for (const piece of ['2026年', '3月', '3月1日', '2026. ', '3 월 1 ', '13-ig ', '３', '2026年3月2日から']) {
    const computed = countProcessorTime();
    awayDates(piece.repeat(200_000), SENT);
    expect(computed()).toBeLessThan(200);
  }
});

/** How Outlook begins the subject of its automatic replies. */
const SUBJECTS = [
  'Автоматична відповідь: Лампа',
  'رد تلقائي: مصباح',
  'תשובה אוטומטית: מנורה',
  'Automatski odgovor: Lampa',
  'Samodejni odgovor: Lampa',
  'Автоматичен отговор: Лампа',
  'Аутоматски одговор: Лампа',
  'Automaatvastus: Lamp',
  'Automatinis atsakymas: Lempa',
  'Automātiska atbilde: Lampa',
  'Resposta automàtica: Làmpada',
  'Trả lời tự động: Đèn',
  'ตอบกลับอัตโนมัติ: โคมไฟ',
  'การตอบกลับอัตโนมัติ: โคมไฟ',
  'Balasan otomatis: Lampu',
  'Sjálfvirkt svar: Lampi',
  'Réponse automatique : Lampe'.normalize('NFD'),
  // HCL Notes, which names its user first.
  'AUTO: Maria Muster ist außer Haus. (Rückkehr am 16.03.2026)',
  'AUTO: Maria Muster est absente (retour le 16/03/2026)',
  'AUTO: Maria Muster está fuera de la oficina (vuelve el 16/03/2026)',
  'AUTO: Maria Muster è fuori ufficio (ritorno il 16/03/2026)',
  'AUTO: Maria Muster is niet aanwezig (terug op 16-03-2026)',
];

const mailOf = (headers: string, text: string) =>
  Buffer.from(
    `From: maria@customer.example\r\nMessage-ID: <own@customer.example>\r\n${headers}\r\nMIME-Version: 1.0\r\n` +
      `Content-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`,
  );

describe('a note of absence', () => {
  it.each(SUBJECTS)('that a machine sent, with the subject %j', async (subject) => {
    const mail = mailOf(`Subject: ${subject}\r\nAuto-Submitted: auto-generated`, 'text');
    expect((await normalised(mail)).automatic?.class).toBe('out_of_office');
  });

  it.each([
    'Меня нет на месте, я в отпуске.',
    'Αυτή τη στιγμή είμαι εκτός γραφείου.',
    '現在休暇を取得しております。',
    '我正在休假。',
    '현재 휴가 중입니다.',
    'Jelenleg szabadságon vagyok.',
    'Sunt în concediu.',
  ])('in the words of an answering machine: %j', async (text) => {
    const mail = mailOf('Subject: Re: lamp\r\nAuto-Submitted: auto-replied', text);
    expect((await normalised(mail)).automatic?.class).toBe('out_of_office');
  });
});

const ANSWER = 'In-Reply-To: <out@acme.example>';
const AWAY = 'I am out of the office until 13 March.';

/** What is left of a note of absence that a gateway took all other headers from. */
it.each([
  [`Subject: Automatic reply: lamp\r\n${ANSWER}`, AWAY, 'out_of_office'],
  [`Subject: Abwesenheitsnotiz\r\n${ANSWER}`, 'Ich bin im Urlaub.', 'out_of_office'],
  [`Subject: Automatic reply: lamp\r\n${ANSWER}`, 'The lamp is still dark.', null],
  ['Subject: Automatic reply: lamp', AWAY, null],
  [`Subject: Re: Automatic reply: lamp\r\n${ANSWER}`, AWAY, null],
  [`Subject: Re: lamp\r\n${ANSWER}`, AWAY, null],
])('%j %j is %s', async (headers, text, expected) => {
  expect((await normalised(mailOf(headers, text))).automatic?.class ?? null).toBe(expected);
});
