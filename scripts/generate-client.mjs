/** `npm run generate:client`: writes the types of `@hutong/client` from the gateway of this repository. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { clientTypes, TYPES } from './client/types.mjs';
import { requireNode, root, runNode } from './processes.mjs';

requireNode();
await runNode(['scripts/build.mjs']);
const { describeApi } = await import(pathToFileURL(join(root, 'apps/gateway/dist/index.js')).href);
const types = await clientTypes(await describeApi());
writeFileSync(join(root, TYPES), types);
console.log(`wrote ${TYPES} (${types.split('\n').length} lines)`);
