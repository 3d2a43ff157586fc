import { createHash } from 'node:crypto';

const HEX = /^#[0-9a-f]{6}$/i;

/** For an app whose colour is none that a stylesheet may carry. */
const PLAIN = '#1f4fa3';

/** WCAG 2.2 contrast ratio of two `#rrggbb` colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

/** White where it reads at 4.5:1 on `colour`, else black, which then reads at 4.66:1 or more. */
export function inkOn(colour: string): '#000000' | '#ffffff' {
  return contrast(colour, '#ffffff') >= 4.5 ? '#ffffff' : '#000000';
}

/** The one colour of a page that comes from the app's config, as a stylesheet, and how a CSP names exactly this one. */
export interface BrandStyle {
  readonly css: string;
  /** `'sha256-…'` for `style-src`. */
  readonly source: string;
}

/** A colour that is no plain `#rrggbb` is not let into a stylesheet. */
export function brandStyle(colour: string | undefined): BrandStyle {
  const brand = colour !== undefined && HEX.test(colour) ? colour.toLowerCase() : PLAIN;
  const css = `:root{--brand:${brand};--on-brand:${inkOn(brand)}}`;
  return { css, source: `'sha256-${createHash('sha256').update(css).digest('base64')}'` };
}

/** Relative luminance of sRGB (WCAG 2.2). */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255)) as [
    number,
    number,
    number,
  ];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}
