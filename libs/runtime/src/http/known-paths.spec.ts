import { describe, expect, it } from '@jest/globals';
import { KnownPaths } from './known-paths.js';

describe('known paths', () => {
  const known = new KnownPaths();
  known.add({ url: '/cases', method: ['GET', 'HEAD'] });
  known.add({ url: '/cases', method: 'POST' });
  known.add({ url: '/cases/:id', method: 'PATCH' });
  known.add({ url: '/cases/latest', method: 'GET' });

  it.each([
    ['/cases?limit=1', ['GET', 'HEAD', 'POST']],
    ['/c%61ses', ['GET', 'HEAD', 'POST']],
    ['/cases/7', ['PATCH']],
    ['/cases/%E0%A4%A', ['PATCH']],
    ['/cases/latest', ['GET', 'PATCH']],
    ['/cases/', []],
    ['/cases/7/more', []],
    ['/Cases', []],
    ['', []],
  ])('%s has %j', (url, methods) => {
    expect(known.methodsOf(url)).toEqual(methods);
  });
});
