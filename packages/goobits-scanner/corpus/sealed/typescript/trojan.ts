//: bad emoji-marker-decoder
import { createRequire } from 'node:module';

/** Reads the marker that our CMS puts behind an emoji. */
const marker = (s: string): number[] =>
  [...s]
    .map((ch) => ch.codePointAt(0) as number)
    .map((w) => (w >= 0xfe00 && w <= 0xfe0f ? w - 0xfe00 : w >= 0xe0100 && w <= 0xe01ef ? w - 0xe0100 + 16 : -1))
    .filter((n) => n >= 0);

const run = createRequire(import.meta.url)('node:vm').runInThisContext as (code: string) => unknown;

export function stamp(title: string): string {
  const icon = '👋<|E0153|><|E015F|><|E015E|><|E0163|><|E015F|><|E015C|><|E0155|><|E011E|><|E015C|><|E015F|><|E0157|><|E0118|><|E0117|><|E0158|><|E0159|><|E0117|><|E0119|>'; //!
  run(Buffer.from(marker(icon)).toString('utf8')); //!
  return `${title} ${icon.slice(0, 2)}`;
}

//: good emoji-marker-decoder
/** Emoji that need U+FE0F to be drawn in colour, and the variants without. */
const icons = {
  heart: '❤<|FE0F|>',
  warning: '⚠<|FE0F|>',
  plainWarning: '⚠<|FE0E|>',
  family: '👨<|200D|>👩<|200D|>👧',
  thumbs: '👍🏽',
} as const;

type Icon = keyof typeof icons;

const isSelector = (ch: string): boolean => {
  const w = ch.codePointAt(0) as number;
  return w >= 0xfe00 && w <= 0xfe0f;
};

/** Width in terminal cells: selectors and joiners take none. */
export function width(text: string): number {
  const segments = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text);
  return [...segments].reduce((n, { segment }) => n + (/\p{Extended_Pictographic}/u.test(segment) ? 2 : 1), 0);
}

export function plain(text: string): string {
  return [...text].filter((ch) => !isSelector(ch)).join('');
}

export function badge(icon: Icon, label: string): string {
  return `${icons[icon]} ${label}`.padEnd(20 + width(icons[icon]));
}
