import { describePartner } from "../admin/partners-api.ts";
import { type Editor, refuseUnless } from "../admin/role.ts";
import { readContract } from "../content/partners/contract.ts";
import { isPartnerName } from "../content/schema/partner-schema.ts";
import { formatPath } from "../content/schema/validate.ts";
import { jsonResponse, refuse } from "../http/api-response.ts";
import { readBody } from "../http/request-body.ts";
import { isRecord } from "../lib/is-record.ts";
import type { Selection } from "../model/selection.ts";
import type { Newsroom } from "./newsroom.ts";

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

/**
 * PUT /api/partners/{name} with a contract as partners.yaml has it, as JSON: adds it, or replaces the one there is. 422 with every
 * mistake. Tokens come as hashes: nobody but who made one ever sees it.
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
  const { repository, now } = newsroom;
  const { problems, partner, selection } = readContract(name, value, now());
  const messages = problems.map(
    ({ path, level, message }): ContractMessage => ({
      ...{ level, key: formatPath(path), message: `\`${formatPath(path)}\` ${message}` },
    }),
  );
  const errors = [...messages.filter(({ level }) => level === "error"), ...unknownSections(selection, newsroom)];
  if (partner === undefined || errors.length > 0) return refuse(422, "The contract has mistakes.", {}, errors);
  const former = await repository.findContract(name);
  const { kind } = await repository.putContract(former, partner, now(), editor);
  if (kind === "conflict") return refuse(409, "Somebody changed this contract meanwhile. Read it again.");
  return jsonResponse(former === undefined ? 201 : 200, {
    ...describePartner(partner),
    ...(messages.length > 0 && { warnings: messages }),
  });
};

/** DELETE /api/partners/{name}: ends a contract. Its tokens are refused from the next request on. */
export const removePartner = async (name: string, editor: Editor, { repository, now }: Newsroom): Promise<Response> => {
  const refused = refuseUnless("owner", editor, ACTION);
  if (refused !== undefined) return refused;
  const former = await repository.findContract(name);
  if (former === undefined) return refuse(404, `There is no contract with \`${name}\`.`);
  const { kind } = await repository.removeContract(former, now(), editor);
  return kind === "conflict"
    ? refuse(409, "Somebody changed this contract meanwhile. Read it again.")
    : jsonResponse(204);
};
