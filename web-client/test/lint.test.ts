// What this client bans, with what to use instead. Each rule is tried on a line that breaks it, so that none is blind.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

interface Rule {
  name: string;
  /// Files it looks at, below web-client/.
  where: RegExp;
  except?: RegExp;
  banned: RegExp;
  instead: string;
  /// A line that breaks it.
  example: string;
}

const code = /^src\/(?!.*\.test\.tsx?$).*\.tsx?$/;
const style = /^src\/.*\.css$/;

const rules: Rule[] = [
  {
    name: 'no markup from strings',
    where: code,
    banned: /innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write|createContextualFragment|DOMParser|srcdoc/,
    instead: 'build elements; rich text is a closed tree',
    example: 'element.innerHTML = text;',
  },
  {
    name: 'no code from strings',
    where: code,
    banned: /\beval\(|new Function\(|set(?:Timeout|Interval)\(\s*['"`]/,
    instead: 'a function',
    example: "setTimeout('run()', 1);",
  },
  {
    name: 'one policy for script addresses',
    where: code,
    except: /^src\/page\.ts$/,
    banned: /createPolicy|trustedTypes/,
    instead: 'page.ts',
    example: "trustedTypes.createPolicy('mine', {});",
  },
  {
    name: 'nothing Chrome 80, Safari 14 or Firefox 78 lack',
    where: code,
    banned:
      /\.at\(|\.replaceAll\(|structuredClone|Object\.hasOwn\b|randomUUID|Promise\.any\b|AbortSignal\.(?:timeout|any)|\.findLast|\.toSorted|\.toReversed|Array\.fromAsync|requestIdleCallback|\(\?<[=!]/,
    instead: 'what ES2020 has',
    example: 'const last = list.at(-1);',
  },
  {
    name: 'styles Chrome 80 knows',
    where: style,
    banned: /:(?:is|where|has)\(|(?:^|[\s;{])(?:border-inline|border-block)\s*:|@container|color-mix\(|(?:^|[\s;{])(?:gap|row-gap|column-gap)\s*:(?!.*\/\* grid \*\/)/,
    instead: 'plain selectors; margins in flex rows; a gap in a grid says /* grid */ on its line',
    example: '  gap: 8px;',
  },
  {
    name: 'sync/ knows no document',
    where: /^src\/(?:sync|store)\//,
    banned: /\bdocument\.|\bwindow\.(?:add|location|open)|from 'preact'|from 'preact\/|addEventListener|localStorage/,
    instead: 'page.ts, or an interface that is passed in',
    example: "document.addEventListener('online', run);",
  },
  {
    name: 'the time comes from Timers',
    where: /^src\/(?:sync|store|actions)\//,
    except: /^src\/sync\/timers\.ts$/,
    banned: /Date\.now|new Date\(\)|setTimeout|setInterval|Math\.random/,
    instead: 'Timers and Random, passed in',
    example: 'const at = Date.now();',
  },
  {
    name: 'layers: ui/ and actions/ are not known below them',
    where: /^src\/(?:sync|store)\//,
    banned: /from '\.\.\/(?:ui|actions|i18n|a11y)\b/,
    instead: 'pass in what is needed',
    example: "import { post } from '../actions/room';",
  },
  {
    name: 'layers: a screen knows store/api, not the engine',
    where: /^src\/(?:ui|a11y)\//,
    banned: /from '(?:\.\.\/)+sync\//,
    instead: 'the Client of store/api.ts',
    example: "import { Engine } from '../../sync/engine';",
  },
];

const root = fileURLToPath(new URL('..', import.meta.url));

function filesBelow(folder: string): string[] {
  return readdirSync(root + folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

const files = ['src', 'test', 'scripts'].flatMap(filesBelow);

function withoutComment(line: string): string {
  return line.replace(/(^|\s)\/\/.*$/, '$1');
}

describe.each(rules)('$name', ({ where, except, banned, instead, example }) => {
  it('sees a line that breaks it', () => {
    expect(banned.test(example)).toBe(true);
  });

  it('holds everywhere', () => {
    const looked = files.filter((path) => where.test(path) && !except?.test(path));
    expect(looked.length).toBeGreaterThan(0);
    const faults = looked.flatMap((path) =>
      readFileSync(root + path, 'utf8')
        .split('\n')
        .flatMap((line, index) => (banned.test(withoutComment(line)) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
    );
    expect(faults, `use ${instead}`).toEqual([]);
  });
});

describe('files', () => {
  it('are one idea each: less than 400 lines', () => {
    const long = files
      .filter((path) => /\.(?:tsx?|css|mjs)$/.test(path) && !path.endsWith('generated.ts'))
      .filter((path) => !/\.test\.tsx?$/.test(path))
      .map((path) => ({ path, lines: readFileSync(root + path, 'utf8').split('\n').length }))
      .filter(({ lines }) => lines > 400);
    expect(long).toEqual([]);
  });
});
