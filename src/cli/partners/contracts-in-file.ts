import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Document, isMap, isNode, isSeq, type Node, parseDocument } from "yaml";
import { PARTNERS_FILE, SITE_FILE } from "../../content/file-kinds.ts";
import { hasErrors } from "../../content/messages/messages.ts";
import { compilePartners } from "../../content/partners/partners.ts";
import { compileSite } from "../../content/site.ts";
import { isRecord } from "../../lib/is-record.ts";
import { CommandError } from "../command.ts";
import { CONTENT, formatMessages } from "../content/compile-folder.ts";
import { readIfPresent } from "../files/read-if-present.ts";
import type { ContractDocument, ContractStore } from "./contract-store.ts";

const PATH = join(CONTENT, PARTNERS_FILE);

const HEAD =
  " The contracts with partners (docs/partners.md). Tokens stand here as hashes: `npm run partner -- rotate` makes new ones.";

/** The contracts as YAML of which all comments stay. */
const readDocument = async (): Promise<Document> => {
  const text = (await readIfPresent(PATH)) ?? "";
  if (text.trim() !== "") {
    const document = parseDocument(text, { schema: "core" });
    if (document.errors.length === 0) return document;
    throw new CommandError(`${PATH} can't be read. \`npm run check\` says why. Nothing was changed.`);
  }
  const document = new Document({});
  document.commentBefore = HEAD;
  return document;
};

/** The entry of a list that has the value, or the token with the same hash. */
const findEntry = (entries: readonly unknown[], value: unknown, document: Document): Node | undefined =>
  entries.filter(isNode).find((entry) => {
    const isSameToken = isMap(entry) && isRecord(value) && entry.has("sha256") && entry.get("sha256") === value.sha256;
    return isSameToken || JSON.stringify(entry.toJS(document)) === JSON.stringify(value);
  });

/** The node of a value. What `node` has of it already stays as it is written, with its comments. */
const toNode = (document: Document, node: unknown, value: unknown): Node => {
  if (isMap(node) && isRecord(value)) {
    for (const key of Object.keys(Object(node.toJS(document)))) if (!Object.hasOwn(value, key)) node.delete(key);
    for (const [key, entry] of Object.entries(value)) node.set(key, toNode(document, node.get(key, true), entry));
    return node;
  }
  if (isSeq(node) && Array.isArray(value)) {
    const former = [...node.items];
    node.items = value.map((entry) => toNode(document, findEntry(former, entry, document), entry));
    return node;
  }
  const isSame = isNode(node) && JSON.stringify(node.toJS(document)) === JSON.stringify(value);
  return isSame ? node : document.createNode(value);
};

/** Moves what stands above the comment of the first contract, as the comment of the file, to where it outlasts that. */
const moveHeadComment = (document: Document): void => {
  const first = isMap(document.contents) ? document.contents.items[0]?.key : undefined;
  const comment = isNode(first) ? (first.commentBefore ?? "") : "";
  const end = comment.lastIndexOf("\n\n");
  if (!isNode(first) || end === -1) return;
  document.commentBefore = comment.slice(0, end);
  first.commentBefore = comment.slice(end + 2);
};

/** Writes the file, unless it would have an error; resolves to the messages about it. */
const writeDocument = async (document: Document): Promise<readonly string[]> => {
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: false });
  const site = await readIfPresent(join(CONTENT, SITE_FILE));
  const sections = site === undefined ? undefined : compileSite(site, {}).known.sections;
  const { file } = compilePartners(text, sections, Date.now());
  const messages = formatMessages([file]);
  if (hasErrors(file)) throw new CommandError(`${messages}\nNothing was changed.`);
  await writeFile(PATH, text);
  return messages === "" ? [] : [messages];
};

const readContracts = async (): Promise<ReadonlyMap<string, ContractDocument>> => {
  const data: unknown = (await readDocument()).toJS() ?? {};
  const entries = Object.entries(isRecord(data) ? data : {});
  return new Map(entries.flatMap(([name, value]) => (isRecord(value) ? [[name, value] as const] : [])));
};

/** The contracts in content/partners.yaml. */
export const contractsInFile = (): ContractStore => ({
  holdsFrom: "from the next deployment on",
  list: readContracts,
  async read(name) {
    const contract = (await readContracts()).get(name);
    return contract && { contract };
  },
  async write(name, contract) {
    const document = await readDocument();
    document.set(name, toNode(document, document.get(name, true), contract));
    return writeDocument(document);
  },
  async remove(name) {
    const document = await readDocument();
    moveHeadComment(document);
    document.delete(name);
    await writeDocument(document);
  },
});
