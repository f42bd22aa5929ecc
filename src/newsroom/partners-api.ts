import { contractEtag, describePartner } from "../admin/partners-api.ts";
import { type Editor, refuseUnless } from "../admin/role.ts";
import { readContract } from "../content/partners/contract.ts";
import { isPartnerName } from "../content/schema/partner-schema.ts";
import { formatPath } from "../content/schema/validate.ts";
import { jsonResponse, refuse } from "../http/api-response.ts";
import { readBody } from "../http/request-body.ts";
import { isRecord } from "../lib/is-record.ts";
import { scopeName } from "../model/scope.ts";
import type { Selection } from "../model/selection.ts";
import type { StoredContract } from "../store/d1/contracts/contract-writer.ts";
import type { Newsroom } from "./newsroom.ts";
import { type CurrentResource, checkPreconditions } from "./preconditions.ts";

const MAX_BODY_BYTES = 65_536;

const ACTION = "Changing the contracts with partners";

const readRecord = (bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

interface ContractMessage {
  readonly level: "error" | "warning";
  /** Path of the key. */
  readonly key: string;
  readonly message: string;
}

/** Messages about sections that site.yaml does not have. */
const unknownSections = (selection: Selection, { channel }: Newsroom): readonly ContractMessage[] => {
  const known = channel.sections.map(({ key }) => key);
  return (["include", "exclude"] as const).flatMap((side) =>
    selection[side].sections.flatMap((name, index) =>
      known.includes(name)
        ? []
        : [
            {
              level: "error" as const,
              key: formatPath([side, "sections", index]),
              message: `\`${name}\` is no section of site.yaml.`,
            },
          ],
    ),
  );
};

/** Warnings of tags and authors that no story has, nor, of authors, site.yaml. */
const unusedTerms = async (
  { include, exclude }: Selection,
  { channel, repository }: Newsroom,
): Promise<readonly ContractMessage[]> => {
  const terms = Object.entries({ include, exclude }).flatMap(([side, { tags, authors }]) => [
    ...tags.map((key, index) => ({ path: [side, "tags", index], scope: { kind: "tag", key } as const })),
    ...authors.map((key, index) => ({ path: [side, "authors", index], scope: { kind: "author", key } as const })),
  ]);
  const unused = new Set(await repository.findUnusedScopes(terms.map(({ scope }) => scopeName(scope))));
  for (const { key } of channel.authors) unused.delete(scopeName({ kind: "author", key }));
  return terms
    .filter(({ scope }) => unused.has(scopeName(scope)))
    .map(({ path, scope: { kind, key } }) => ({
      ...{ level: "warning", key: formatPath(path) },
      message: `\`${formatPath(path)}\`: no story has the ${kind} \`${key}\`. Mend it, unless one will.`,
    }));
};

/** A contract as `checkPreconditions` needs it. */
const toCurrentResource = (stored: StoredContract | undefined): CurrentResource | undefined => {
  if (stored === undefined) return undefined;
  const etag = contractEtag(stored.partner);
  return { etag, hasTag: (tag) => tag.replace(/^W\//, "") === etag };
};

/**
 * PUT /api/partners/{name} with a contract as partners.yaml has it, as JSON: adds it, or replaces the one there is. 422 with every
 * mistake, 412 if it is not the contract that If-Match names. Tokens come as hashes: nobody but who made one ever sees it.
 */
export const putPartner = async (
  request: Request,
  name: string,
  editor: Editor,
  newsroom: Newsroom,
): Promise<Response> => {
  const refused = refuseUnless("owner", editor, ACTION);
  if (refused !== undefined) return refused;
  if (!isPartnerName(name)) return refuse(422, "Choose another name: letters from a to z, digits and -, 64 at most.");
  const bytes = await readBody(request, MAX_BODY_BYTES);
  if (bytes === undefined) return refuse(413, `A contract has at most ${MAX_BODY_BYTES} bytes.`);
  const value = readRecord(bytes);
  if (value === undefined) return refuse(422, "Send the contract as a JSON object.");
  const { repository, now, requiresIfMatch } = newsroom;
  const { problems, partner, selection } = readContract(name, value, now());
  const messages = problems.map(
    ({ path, level, message }): ContractMessage => ({
      ...{ level, key: formatPath(path), message: `\`${formatPath(path)}\` ${message}` },
    }),
  );
  const errors = [...messages.filter(({ level }) => level === "error"), ...unknownSections(selection, newsroom)];
  if (partner === undefined || errors.length > 0) return refuse(422, "The contract has mistakes.", {}, errors);
  const former = await repository.findContract(name);
  const failed = checkPreconditions(request.headers, toCurrentResource(former), requiresIfMatch);
  if (failed !== undefined) return failed;
  const warnings = [...messages, ...(await unusedTerms(selection, newsroom))];
  const { kind } = await repository.putContract(former, partner, now(), editor);
  if (kind === "conflict") return refuse(409, "Somebody changed this contract meanwhile. Read it again.");
  const body = { ...describePartner(partner), ...(warnings.length > 0 && { warnings }) };
  return jsonResponse(former === undefined ? 201 : 200, body, { etag: contractEtag(partner) });
};

/** DELETE /api/partners/{name}: ends a contract. Its tokens are refused from the next request on. */
export const removePartner = async (
  request: Request,
  name: string,
  editor: Editor,
  { repository, now, requiresIfMatch }: Newsroom,
): Promise<Response> => {
  const refused = refuseUnless("owner", editor, ACTION);
  if (refused !== undefined) return refused;
  const former = await repository.findContract(name);
  if (former === undefined) return refuse(404, `There is no contract with \`${name}\`.`);
  const failed = checkPreconditions(request.headers, toCurrentResource(former), requiresIfMatch);
  if (failed !== undefined) return failed;
  const { kind } = await repository.removeContract(former, now(), editor);
  return kind === "conflict"
    ? refuse(409, "Somebody changed this contract meanwhile. Read it again.")
    : jsonResponse(204);
};
