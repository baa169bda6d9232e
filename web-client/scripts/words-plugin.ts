// A Vite plugin: `virtual:words/en` and `virtual:words/fr` are the compiled catalogues of src/i18n, without the parts that are
// said later: those are modules of their own, `virtual:words/questions/en`. A French sentence that is
// missing, or equal to the English one and not on the list, stops the build. The page names the file of the reader's language,
// so that it is fetched beside the script and not after it; both files carry one hash, because only the server, which fills in
// __LANG__, knows which of them it is.

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { HtmlTagDescriptor, Plugin } from 'vite';
import { moduleOf, parityProblems, typesFileOf, type Catalogue } from './compile-words';

const languages = ['en', 'fr'] as const;
type Language = (typeof languages)[number];

/// Parts of the catalogues that no first screen says.
const laterParts = ['questions', 'appeals', 'summary', 'boards', 'news', 'threads'] as const;
type LaterPart = (typeof laterParts)[number];

const prefix = 'virtual:words/';
const resolved = `\0${prefix}`;

function pathOf(name: string): string {
  return fileURLToPath(new URL(`../src/i18n/${name}`, import.meta.url));
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(pathOf(name), 'utf8')) as T;
}

function catalogueOf(language: Language): Catalogue {
  return read<Catalogue>(`${language}.json`);
}

function languageOf(id: string): Language | undefined {
  return languages.find((language) => id === resolved + language);
}

function firstPartOf(language: Language): Catalogue {
  const entries = Object.entries(catalogueOf(language)).filter(([name]) => !laterParts.includes(name as LaterPart));
  return Object.fromEntries(entries);
}

function laterPartOf(language: Language, part: LaterPart): Catalogue {
  return catalogueOf(language)[part] as Catalogue;
}

/// The catalogue that a module holds; undefined where it is none of ours.
function moduleCatalogue(id: string): { language: Language; catalogue: Catalogue } | undefined {
  for (const language of languages) {
    if (id === resolved + language) return { language, catalogue: firstPartOf(language) };
    const part = laterParts.find((name) => id === `${resolved}${name}/${language}`);
    if (part !== undefined) return { language, catalogue: laterPartOf(language, part) };
  }
  return undefined;
}

/// Throws with every problem at once: they are mended together.
function checkParity(): void {
  const problems = parityProblems(catalogueOf('en'), catalogueOf('fr'), read<string[]>('same-in-both.json'));
  if (problems.length > 0) throw new Error(`words:\n  ${problems.join('\n  ')}`);
}

function writeTypes(): void {
  const file = pathOf('words.generated.ts');
  const fresh = typesFileOf(catalogueOf('en'));
  if (readFileSync(file, 'utf8') !== fresh) writeFileSync(file, fresh);
}

function hashOfBoth(): string {
  const hash = createHash('sha256');
  for (const language of languages) hash.update(moduleOf(firstPartOf(language))).update('\0');
  return hash.digest('base64url').slice(0, 8);
}

function preloadOf(hash: string): HtmlTagDescriptor {
  const href = `/assets/words-__LANG__-${hash}.js`;
  return { tag: 'link', attrs: { rel: 'modulepreload', crossorigin: true, href }, injectTo: 'head' };
}

export function wordsPlugin(): Plugin {
  const hash = hashOfBoth();
  let isBuild = false;
  return {
    name: 'plenary-words',
    config: () => ({
      build: {
        rollupOptions: {
          output: {
            chunkFileNames(chunk) {
              const language = languageOf(chunk.facadeModuleId ?? '');
              return language === undefined ? 'assets/[name]-[hash].js' : `assets/words-${language}-${hash}.js`;
            },
          },
        },
      },
    }),
    configResolved(config) {
      isBuild = config.command === 'build';
    },
    buildStart() {
      checkParity();
      // A test holds the committed file against the catalogue; under the test runner nothing is written.
      if (!process.env['VITEST']) writeTypes();
    },
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    load(id) {
      const asked = moduleCatalogue(id);
      if (asked === undefined) return undefined;
      this.addWatchFile(pathOf(`${asked.language}.json`));
      return moduleOf(asked.catalogue);
    },
    transformIndexHtml: () => (isBuild ? [preloadOf(hash)] : []),
  };
}
