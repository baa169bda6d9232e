import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const source = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

function colours(css: string): Map<string, string> {
  return new Map([...css.matchAll(/--raw-([a-z0-9-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1] as string, match[2] as string]));
}

const [lightPart = '', darkPart = ''] = source.split('@media (prefers-color-scheme: dark)');
const themes = { light: colours(lightPart), dark: colours(darkPart) };

/** WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** WCAG 2.2, contrast ratio. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(['light', 'dark'] as const)('the %s colours', (theme) => {
  const raw = themes[theme];
  const of = (name: string): string => {
    const colour = raw.get(name);
    if (colour === undefined) throw new Error(`--raw-${name} is not a colour of the ${theme} theme`);
    return colour;
  };
  const grounds = ['paper', 'surface', 'sunken', 'teal-tint'];
  const pairs = (inks: string[], on: string[]): [string, string][] => inks.flatMap((ink) => on.map((ground): [string, string] => [ink, ground]));

  it.each(pairs(['ink'], [...grounds, 'amber-tint', 'red-tint']))('%s on %s is read at 7:1', (ink, ground) => {
    expect(contrast(of(ink), of(ground))).toBeGreaterThanOrEqual(7);
  });

  it.each(pairs(['ink-soft', 'ink-muted', 'teal', 'teal-deep', 'amber', 'red', 'green'], grounds))('%s on %s is text at 4.5:1', (ink, ground) => {
    expect(contrast(of(ink), of(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each([['on-teal', 'teal'], ['on-teal', 'teal-deep'], ['on-red', 'red'], ['amber', 'amber-tint'], ['red', 'red-tint'], ['teal-deep', 'amber-tint'], ['teal-deep', 'red-tint'], ['ink-soft', 'amber-tint']])(
    '%s on %s is text at 4.5:1',
    (ink, ground) => {
      expect(contrast(of(ink), of(ground))).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each(pairs(['edge', 'teal', 'red'], ['paper', 'surface', 'sunken', 'teal-tint']))('%s on %s is seen as an edge at 3:1', (edge, ground) => {
    expect(contrast(of(edge), of(ground))).toBeGreaterThanOrEqual(3);
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7])('initials of hue %i are text at 4.5:1', (hue) => {
    expect(contrast(of(`hue-${hue}-ink`), of(`hue-${hue}`))).toBeGreaterThanOrEqual(4.5);
  });
});
