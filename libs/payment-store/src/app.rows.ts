import type { AppConfig, LinkPolicy, OptionConfig, OptionVersion } from '@hutong/payment-core';
import type { Prisma } from './generated/client.js';
import { withoutNulls } from './without-nulls.js';

export function appOf({ id, nameZh, nameEn, branding, returnOrigins }: Prisma.AppGetPayload<object>): AppConfig {
  return { id, name: { 'zh-CN': nameZh, en: nameEn }, branding: branding as AppConfig['branding'], returnOrigins };
}

export function appRow({ id, name, branding, returnOrigins }: AppConfig) {
  return { id, nameZh: name['zh-CN'], nameEn: name.en, branding, returnOrigins: [...returnOrigins] };
}

type VersionedColumns = Pick<OptionConfig, 'providers' | 'options' | 'order'> & { readonly links: LinkPolicy | null };

/** What we wrote into a JSON column is what comes back. */
export function optionsOf({ app, version, createdAt, ...row }: Prisma.OptionConfigGetPayload<object>): OptionConfig {
  const { providers, options, order, links } = row as unknown as VersionedColumns;
  return { app, version, providers, options, order, ...(links && { links }), createdAt };
}

export function optionsRow({ app, providers, options, order, links }: Omit<OptionConfig, 'version' | 'createdAt'>) {
  return {
    app,
    providers: providers as Prisma.InputJsonObject,
    options: options as unknown as Prisma.InputJsonArray,
    order: order as unknown as Prisma.InputJsonArray,
    ...(links && { links: links as unknown as Prisma.InputJsonObject }),
  };
}

/** The columns of a version that say who made it. */
export const SIGNATURE = { version: true, author: true, reason: true, createdAt: true } as const;

export function optionVersionOf(row: Prisma.OptionConfigGetPayload<{ select: typeof SIGNATURE }>): OptionVersion {
  return withoutNulls(row);
}
