/** The types of `@hutong/client`, made from the gateway's OpenAPI document. */
import openapiTS, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';

const HEAD = `/**
 * What the gateway's merchant routes take and answer, by path.
 * Generated from its OpenAPI document: \`npm run generate:client\` writes this file.
 */
`;

/** Where the types are kept, within the repository. */
export const TYPES = 'libs/client/src/openapi.ts';

/** What a merchant installs knows the merchant's routes. */
const isMerchants = (path) => path.startsWith('/v1/');

/** @returns the text of the file; the same document gives the same text */
export async function clientTypes(document) {
  const options = { ...(await resolveConfig(TYPES)), parser: 'typescript' };
  return format(
    HEAD + astToString(await openapiTS(merchantsPart(document), { alphabetize: true, defaultNonNullable: false })),
    options,
  );
}

/** The merchant's paths, with the schemas that they lead to. */
function merchantsPart(document) {
  const paths = Object.fromEntries(Object.entries(document.paths).filter(([path]) => isMerchants(path)));
  const { schemas } = document.components;
  const reached = new Set();
  const visit = (node) => {
    for (const [, name] of JSON.stringify(node).matchAll(/#\/components\/schemas\/(\w+)/g)) {
      if (reached.has(name)) continue;
      reached.add(name);
      visit(schemas[name]);
    }
  };
  visit(paths);
  const used = Object.fromEntries(Object.entries(schemas).filter(([name]) => reached.has(name)));
  return { ...document, paths, components: { ...document.components, schemas: used } };
}
