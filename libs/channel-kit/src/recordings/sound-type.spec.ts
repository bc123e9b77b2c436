import { describe, expect, it } from '@jest/globals';
import { soundTypeOf } from './sound-type.js';

const bytes = (...parts: readonly (string | number[])[]): Buffer =>
  Buffer.concat([...parts.map((part) => Buffer.from(part as string, 'latin1')), Buffer.alloc(16)]);

describe('the beginning of a file', () => {
  it.each([
    ['audio/wav', bytes('RIFF', [1, 2, 3, 4], 'WAVE')],
    ['audio/wav', bytes('RF64', [255, 255, 255, 255], 'WAVE')],
    ['audio/mpeg', bytes('ID3', [4, 0])],
    ['audio/mpeg', bytes([0xff, 0xfb, 0x90, 0x64])],
    ['audio/mpeg', bytes([0xff, 0xf3, 0x40, 0xc4])],
    ['audio/ogg', bytes('OggS')],
    ['audio/webm', bytes([0x1a, 0x45, 0xdf, 0xa3])],
    ['audio/mp4', bytes([0, 0, 0, 32], 'ftypM4A ')],
    ['audio/amr', bytes('#!AMR\n')],
    ['audio/flac', bytes('fLaC')],
    ['audio/basic', bytes('.snd')],
  ])('is that of %s', (type, beginning) => {
    expect(soundTypeOf(beginning)).toBe(type);
  });

  it.each([
    ['a page', bytes('<!doctype html><html>')],
    ['JSON', bytes('{"error":"no"}')],
    ['a picture in RIFF', bytes('RIFF', [1, 2, 3, 4], 'WEBP')],
    ['a picture', bytes([0xff, 0xd8, 0xff, 0xe0])],
    ['UTF-16', bytes([0xff, 0xfe, 0x3c, 0x00])],
    ['gzip', bytes([0x1f, 0x8b, 8, 0])],
    ['a program', bytes([0x7f], 'ELF')],
    ['AAC without a container', bytes([0xff, 0xf1, 0x50, 0x80])],
    ['zeros', Buffer.alloc(16)],
    ['nothing', Buffer.alloc(0)],
    ['half of a mark', Buffer.from('RIF')],
  ])('%s is no sound', (_, beginning) => {
    expect(soundTypeOf(beginning)).toBeNull();
  });
});
