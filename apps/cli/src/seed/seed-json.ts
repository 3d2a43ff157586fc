import type { AppSeed, Option } from '@hutong/payment-core';

/** An app's seed as `PUT /admin/v1/apps/{app}` takes it. */
export function seedJson({ app, accounts, providers, options, order }: AppSeed): Readonly<Record<string, unknown>> {
  return {
    app: app.id,
    name: app.name,
    branding: app.branding,
    return_origins: app.returnOrigins,
    accounts,
    providers,
    options: options satisfies readonly SnakeCase<Option>[],
    order: order.map(({ when, putFirst }) => ({ when, put_first: putFirst })),
  };
}

/** Compiles only while no option field needs another spelling in JSON. */
type SnakeCase<T> = T & {
  readonly [K in keyof T as K extends string ? (Lowercase<K> extends K ? never : K) : never]?: never;
};
