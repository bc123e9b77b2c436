import { Script } from 'node:vm';
import { expect, it } from '@jest/globals';
import { formSnippet } from './form-snippet.js';

it('the HTML of a form sends to its address, and is no more than one form and one script', () => {
  const html = formSnippet({ key: 'website', publicUrl: 'https://hooks.acme.example/in/' });
  expect(html).toContain('action="https://hooks.acme.example/in/forms/website"');
  expect(html).toContain('const address = "https://hooks.acme.example/in/forms/website";');
  expect(html.match(/<script>/g)).toHaveLength(1);
  expect(() => new Script(/<script>([\s\S]*)<\/script>/.exec(html)![1]!)).not.toThrow();
});

it('nothing of an address ends an attribute, a text or the script', () => {
  const html = formSnippet({ key: 'a', publicUrl: 'https://x.example/"></form><script>alert(1)</script><!--\'&' });
  expect(html.match(/<\/?script>/g)).toEqual(['<script>', '</script>']);
  expect(html.match(/<\/form>/g)).toHaveLength(1);
  expect(html).not.toContain('<!--');
  const address = /const address = (".*");/.exec(html)![1]!;
  expect(JSON.parse(address)).toContain('</script><!--');
});
