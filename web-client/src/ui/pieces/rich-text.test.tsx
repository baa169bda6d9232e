// @vitest-environment jsdom
import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Node } from '../../protocol/generated';
import { linksOf, plainText, richText } from './rich-text';

let root: HTMLElement;
beforeEach(() => {
  root = document.createElement('div');
  document.body.append(root);
});
afterEach(() => root.remove());

function drawn(body: Node[]): string {
  render(<>{richText(body)}</>, root);
  return [...root.childNodes].map((node) => (node instanceof Element ? node.outerHTML : node.textContent)).join('');
}

const text = (words: string): Node => ({ kind: 'text', text: words });

const attacks = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  '&lt;b&gt;',
  'javascript:alert(1)',
  '\u202egnp.exe',
  '{{constructor.constructor("alert(1)")()}}',
  '<a href="javascript:alert(1)">x</a>',
  ']]><!--',
];

describe('a body', () => {
  it('becomes the elements of its kinds', () => {
    expect(drawn([
      { kind: 'paragraph', children: [text('a '), { kind: 'strong', children: [text('b')] }, { kind: 'line_break' }, { kind: 'emphasis', children: [text('c')] }] },
      { kind: 'list', ordered: true, start: 3, children: [{ kind: 'item', children: [{ kind: 'paragraph', children: [text('d')] }] }] },
      { kind: 'list', ordered: false, children: [{ kind: 'item', children: [{ kind: 'struck', children: [text('e')] }] }] },
      { kind: 'quote', children: [{ kind: 'paragraph', children: [{ kind: 'code', text: 'f' }] }] },
      { kind: 'code_block', text: 'g\nh' },
    ])).toBe(
      '<p>a <strong>b</strong><br><em>c</em></p><ol start="3"><li><p>d</p></li></ol><ul><li><s>e</s></li></ul>' +
        '<blockquote><p><code>f</code></p></blockquote><pre><code>g\nh</code></pre>',
    );
  });

  it.each(attacks)('shows %s as the text it is', (attack) => {
    drawn([{ kind: 'paragraph', children: [text(attack), { kind: 'code', text: attack }] }, { kind: 'code_block', text: attack }]);
    expect(root.textContent).toBe(attack.repeat(3));
    expect([...root.querySelectorAll('*')].map((element) => element.localName)).toEqual(['p', 'code', 'pre', 'code']);
  });

  it.each(['http://a.ca', 'https://a.ca/?q=<x>', 'mailto:a@b.ca', 'tel:+15551234', 'HTTPS://A.CA'])('links to %s', (href) => {
    drawn([{ kind: 'link', href, children: [text('x')] }]);
    const link = root.querySelector('a');
    expect(link?.getAttribute('href')).toBe(href);
    expect(link?.getAttribute('rel')).toBe('noopener noreferrer nofollow');
    expect(link?.getAttribute('target')).toBe('_blank');
  });

  it.each(['javascript:alert(1)', ' javascript:alert(1)', 'data:text/html,x', 'java\nscript:x', '//evil.example', '/w/1', 'vbscript:x', 'javascript:alert("https://a.ca")', 'blob:x', ''])(
    'shows a link to %j as its words',
    (href) => {
      drawn([{ kind: 'link', href, children: [text('words')] }]);
      expect(root.querySelector('a')).toBeNull();
      expect(root.textContent).toBe('words');
      expect(linksOf([{ kind: 'link', href, children: [text('words')] }])).toEqual([]);
    },
  );

  it('draws nothing for a kind it does not know', () => {
    const unknown = { kind: 'script', text: 'alert(1)' } as unknown as Node;
    expect(drawn([unknown])).toBe('');
  });

  it('survives a tree deeper than any the server makes', () => {
    let node: Node = text('deep');
    for (let depth = 0; depth < 5_000; depth += 1) node = { kind: 'emphasis', children: [node] };
    drawn([node]);
    expect(root.querySelectorAll('em').length).toBeLessThan(50);
  });
});

describe('the words of a body', () => {
  it('stand on one line, blocks apart', () => {
    expect(plainText([
      { kind: 'paragraph', children: [text('one'), { kind: 'line_break' }, text('two')] },
      { kind: 'list', children: [{ kind: 'item', children: [text('three')] }, { kind: 'item', children: [text('four')] }] },
      { kind: 'code_block', text: 'five\n' },
    ])).toBe('one two three four five');
  });

  it('come with their links, in order', () => {
    expect(linksOf([
      { kind: 'paragraph', children: [{ kind: 'link', href: 'https://a.ca', children: [{ kind: 'strong', children: [text('A')] }] }] },
      { kind: 'quote', children: [{ kind: 'link', href: 'https://b.ca', children: [text('B')] }] },
    ])).toEqual([{ href: 'https://a.ca', text: 'A' }, { href: 'https://b.ca', text: 'B' }]);
  });
});
