// A message's body as elements. The tree is closed: what is not one of these kinds cannot be drawn, and text is only ever
// a text node. Links are checked again here although the server did, so that no record can bring a script.

import type { ComponentChildren } from 'preact';

import type { Node } from '../../protocol/generated';

const safeLink = /^(?:https?:\/\/|mailto:|tel:)/i;
const deepest = 24;

/** `linksTakeTab`: where nothing else offers the links of the text to the keyboard. */
export function richText(body: readonly Node[], linksTakeTab = false): ComponentChildren {
  return body.map((node) => element(node, 0, linksTakeTab));
}

function element(node: Node, depth: number, linksTakeTab: boolean): ComponentChildren {
  if (depth > deepest) return plainText([node]);
  const inner = (): ComponentChildren => node.children?.map((child) => element(child, depth + 1, linksTakeTab));
  switch (node.kind) {
    case 'paragraph':
      return <p>{inner()}</p>;
    case 'quote':
      return <blockquote>{inner()}</blockquote>;
    case 'list':
      return node.ordered === true ? <ol start={node.start ?? 1}>{inner()}</ol> : <ul>{inner()}</ul>;
    case 'item':
      return <li>{inner()}</li>;
    case 'code_block':
      return <pre><code>{node.text}</code></pre>;
    case 'text':
      return node.text;
    case 'strong':
      return <strong>{inner()}</strong>;
    case 'emphasis':
      return <em>{inner()}</em>;
    case 'struck':
      return <s>{inner()}</s>;
    case 'code':
      return <code>{node.text}</code>;
    case 'link':
      return link(node.href ?? '', inner(), linksTakeTab);
    case 'line_break':
      return <br />;
  }
}

// In the log no stop of the Tab key: the log is one stop, and a message's menu offers its links.
function link(href: string, children: ComponentChildren, takesTab: boolean): ComponentChildren {
  if (!safeLink.test(href)) return <>{children}</>;
  const stop = takesTab ? {} : { tabIndex: -1 };
  return <a href={href} target="_blank" rel="noopener noreferrer nofollow" {...stop}>{children}</a>;
}

const blocks: ReadonlySet<Node['kind']> = new Set(['paragraph', 'quote', 'list', 'item', 'code_block']);

/** The words without markup: for names read aloud, quotes and announcements. */
export function plainText(body: readonly Node[]): string {
  let text = '';
  const walk = (nodes: readonly Node[], depth: number): void => {
    for (const node of nodes) {
      if (node.kind === 'line_break' || (blocks.has(node.kind) && text !== '' && !text.endsWith(' '))) text += ' ';
      if (node.text !== undefined) text += node.text;
      if (node.children !== undefined && depth < 64) walk(node.children, depth + 1);
    }
  };
  walk(body, 0);
  return text.replace(/\s+/g, ' ').trim();
}

/** Every link of a body, in order, with the words it stands under. */
export function linksOf(body: readonly Node[]): { href: string; text: string }[] {
  const found: { href: string; text: string }[] = [];
  const walk = (nodes: readonly Node[], depth: number): void => {
    for (const node of nodes) {
      if (node.kind === 'link' && node.href !== undefined && safeLink.test(node.href)) {
        found.push({ href: node.href, text: plainText(node.children ?? []) });
      } else if (node.children !== undefined && depth < 64) walk(node.children, depth + 1);
    }
  };
  walk(body, 0);
  return found;
}
