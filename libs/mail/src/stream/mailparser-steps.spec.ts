import { expect, it, jest } from '@jest/globals';
import { once } from 'node:events';
import { Duplex } from 'node:stream';
import { MailParser, type Headers } from 'mailparser';
import { changeSteps } from './mailparser-steps.js';

const mail = Buffer.from(
  'From: a@b.example\r\nDate: x\r\nList-Id: <l>\r\nSubject: =?utf-8?q?caf=C3=A9?=\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b--\r\n',
);

it('has the parser decode only what it is asked for, and report every line', async () => {
  const parser = new MailParser();
  changeSteps(parser);
  const headers = once(parser, 'headers') as Promise<[Headers]>;
  const lines = once(parser, 'headerLines') as Promise<[readonly { key: string }[]]>;
  parser.resume().end(mail);
  expect([...(await headers)[0]].map(([key, value]) => [key, typeof value])).toEqual([
    ['subject', 'string'],
    ['content-type', 'object'],
  ]);
  expect((await lines)[0].map(({ key }) => key)).toEqual(['from', 'date', 'list-id', 'subject', 'content-type']);
});

it('has no decoder ended twice', async () => {
  const parser = new MailParser();
  changeSteps(parser);
  const end = Duplex.prototype.end;
  const late: Duplex[] = [];
  const spy = jest.spyOn(Duplex.prototype, 'end').mockImplementation(function (this: Duplex, ...given: unknown[]) {
    late.push(...(this.writableEnded ? [this] : []));
    return Reflect.apply(end, this, given) as Duplex;
  });
  const ended = once(parser, 'end');
  parser.resume().end(mail);
  await ended;
  spy.mockRestore();
  expect(late).toEqual([]);
});
