import { expect, it } from 'vitest';
import { linkTarget } from '../../../lambdas/renderers/values/links.ts';
import { cleanText } from '../../../lambdas/renderers/values/text.ts';

it.each([
  ['a\u0000b\u000bc\u001f', 'abc'],
  ['a\ufffeb\uffffc', 'abc'],
  ['\ud83d and \ude00', '\ufffd and \ufffd'],
  ['😀 👨‍👩‍👧', '😀 👨‍👩‍👧'],
  ['a\r\nb\rc\nd\te', 'a\nb\nc\nd\te'],
])('%j is cleaned to %j', (text, clean) => expect(cleanText(text)).toBe(clean));

it.each([
  ['https://example.org/a?b=1&c=ü', 'https://example.org/a?b=1&c=%C3%BC'],
  ['HTTP://EXAMPLE.org', 'http://example.org/'],
  ['mailto:a@example.org', 'mailto:a@example.org'],
])('%s is a link', (text, target) => expect(linkTarget(text)).toBe(target));

it.each([
  'javascript:alert(1)',
  'file:///etc/passwd',
  '\\\\server\\share',
  'https://',
  'https://a b',
  'data:text/html,x',
  '',
])('"%s" is no link', (text) => expect(linkTarget(text)).toBeUndefined());
