import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

const FOLDER = new URL('../../assets/', import.meta.url);

/** What pages load: our own files, each under a name that changes with its content. */
const NAMES = ['pages.css', 'cashier.js', 'share.js', 'icon.svg'] as const;

export type AssetName = (typeof NAMES)[number];

export interface Asset {
  readonly path: string;
  readonly type: string;
  readonly bytes: Buffer;
  readonly brotli: Buffer;
}

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

const assets = new Map(NAMES.map((name) => [name, readAsset(name)]));
const byPath = new Map([...assets.values()].map((asset) => [asset.path, asset]));

/** Where a page finds it. */
export function assetPath(name: AssetName): string {
  return (assets.get(name) as Asset).path;
}

export function findAsset(path: string): Asset | undefined {
  return byPath.get(path);
}

/** Our own drawing, to be put into a page as it is. */
export function readDrawing(name: string): string {
  return readFileSync(new URL(name, FOLDER), 'utf8').trim();
}

function readAsset(name: AssetName): Asset {
  const bytes = readFileSync(new URL(name, FOLDER));
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  const [stem = '', extension = ''] = name.split('.');
  return {
    path: `/assets/${stem}.${hash}.${extension}`,
    type: TYPES[extension] ?? 'application/octet-stream',
    bytes,
    brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  };
}
