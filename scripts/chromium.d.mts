export class NoBrowser extends Error {}
export function findChromium(env?: Readonly<Record<string, string | undefined>>): string | undefined;
export function requireChromium(packages?: readonly string[]): Promise<string>;
export function canInstall(): boolean;
