import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { checkTelephony } from '../checks/check-telephony.js';
import { validateAs } from '../validate.js';
import { FileConfiguration } from './file-configuration.js';

const problemsOf = (transcription: unknown) =>
  validateAs(FileConfiguration, { transcription }).problems.map(({ path }) => path);

describe('transcription:', () => {
  it('is off unless it is told', () => {
    expect(validateAs(FileConfiguration, {}).value.transcription).toBeNull();
  });

  it.each(['http://127.0.0.1:8000/v1', 'https://api.engine.example/v1'])('may be %s', (url) => {
    expect(problemsOf({ url, model: 'whisper-1', apiKey: 'sk-1' })).toEqual([]);
  });

  it.each([
    '127.0.0.1:8000',
    'ftp://engine.example',
    'https://user:secret@engine.example/v1',
    'https://engine.example/v1?key=1',
    '',
  ])('cannot be at %s', (url) => {
    expect(problemsOf({ url, model: 'whisper-1' })).toEqual(['transcription.url']);
  });

  it('names each mistake by its path', () => {
    expect(problemsOf({ model: '', apiKey: 'two words', key: 'x' }).sort()).toEqual([
      'transcription.apiKey',
      'transcription.key',
      'transcription.model',
      'transcription.url',
    ]);
  });

  it('has to be told where a connection wants texts of our own', () => {
    const telephony = [{ provider: 'zammad', key: 'pbx', transcripts: 'own' }];
    const transcription = { url: 'http://127.0.0.1:8000/v1', model: 'whisper-1' };
    const pathsOf = (file: object) => checkTelephony(validateAs(FileConfiguration, file).value).map(({ path }) => path);
    expect(pathsOf({ telephony })).toEqual(['telephony[0].transcripts']);
    expect(pathsOf({ telephony, transcription })).toEqual([]);
  });
});
