import { SANDBOX_REF, type ExportedApp, type SeedFileAccount } from '@hutong/payment-core';
import { Document, isCollection, isSeq, visit, type Node } from 'yaml';

/** What fits on one line of a seed file stands on one. */
const LINE = 100;

/**
 * An app as the text of its seed file: small things on one line each, as people write them, and in quotes what a reader of
 * YAML 1.1 would take for a time or a number.
 */
export function seedFileText({ version, document, withheld }: ExportedApp): string {
  const accounts = document['accounts'] as readonly SeedFileAccount[];
  const yaml = new Document({ ...document, accounts: accounts.map(nameOf) }, { compat: 'yaml-1.1' });
  yaml.commentBefore = ` Written from version ${version} of the options in force.`;
  flowWhatIsSmall(yaml);
  for (const [index, account] of accounts.entries()) {
    const node = yaml.getIn(['accounts', index], true);
    if (account.ref !== SANDBOX_REF) nameWithheld(node as Node, withheldOf(withheld, index));
  }
  return yaml.toString({ lineWidth: 0, singleQuote: true });
}

/** The account of the sandbox is looked up by its name. */
function nameOf(account: SeedFileAccount): SeedFileAccount {
  return account.ref === SANDBOX_REF ? { provider: account.provider, ref: account.ref } : account;
}

function withheldOf(pointers: readonly string[], index: number): readonly string[] {
  const parent = `/accounts/${index}/settings/`;
  return pointers.filter((pointer) => pointer.startsWith(parent)).map((pointer) => pointer.slice(parent.length));
}

function nameWithheld(node: Node, names: readonly string[]): void {
  if (names.length > 0)
    node.commentBefore = ` Secret, and not written here. Fill in under settings: ${names.join(', ')}`;
}

/** The lists of the document itself have a line for each item; below them, what fits on a line stands on one. */
function flowWhatIsSmall(yaml: Document): void {
  visit(yaml, {
    Collection(_, node, path) {
      const isList = path.length === LIST_DEPTH && isSeq(node) && node.items.some(isCollection);
      if (path.length === 1 || isList || JSON.stringify(node.toJSON()).length > LINE) return undefined;
      node.flow = true;
      return visit.SKIP;
    },
  });
}

/** Above a list of the document: the document, its mapping, and the pair that names the list. */
const LIST_DEPTH = 3;
