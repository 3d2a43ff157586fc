export const TYPES: string;
export function clientTypes(document: object): Promise<string>;
