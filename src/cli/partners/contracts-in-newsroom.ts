import { isRecord } from "../../lib/is-record.ts";
import { CommandError } from "../command.ts";
import { type NewsroomClient, readJson } from "../newsroom/newsroom-client.ts";
import type { ContractStore, ReadContract } from "./contract-store.ts";

const addressOf = (name: string): string => `/api/partners/${encodeURIComponent(name)}`;

/** The messages in a list of mistakes or warnings of the API. */
const messagesIn = (list: unknown): readonly string[] =>
  Array.isArray(list) ? list.map((one: unknown) => String(isRecord(one) ? one.message : one)) : [];

const refuseUnlessOk = async (response: Response, name: string): Promise<unknown> => {
  const answer = response.status === 204 ? {} : await readJson(response);
  if (response.ok) return answer;
  const { detail = "", errors } = isRecord(answer) ? answer : {};
  throw new CommandError([`${name}: ${response.status} ${String(detail)}`, ...messagesIn(errors)].join("\n"));
};

/** Refuses to change another contract than the one that was read. */
const ifUnchanged = (former: ReadContract | undefined): Readonly<Record<string, string>> =>
  former === undefined ? { "if-none-match": "*" } : { "if-match": former.etag ?? "*" };

/** The contracts of a newsroom. */
export const contractsInNewsroom = (newsroom: NewsroomClient): ContractStore => ({
  holdsFrom: "from now on",
  async list() {
    const entries = await newsroom.listPartners();
    return new Map(entries.map(({ name, ...contract }) => [String(name), contract]));
  },
  async read(name) {
    const response = await newsroom.request("GET", addressOf(name));
    if (response.status === 404) return undefined;
    const answer = await refuseUnlessOk(response, name);
    const { name: _, ...contract } = isRecord(answer) ? answer : {};
    const etag = response.headers.get("etag");
    return { contract, ...(etag !== null && { etag }) };
  },
  async write(name, contract, former) {
    const body = new TextEncoder().encode(JSON.stringify(contract));
    const response = await newsroom.request("PUT", addressOf(name), body, ifUnchanged(former));
    const answer = await refuseUnlessOk(response, name);
    return isRecord(answer) ? messagesIn(answer.warnings) : [];
  },
  async remove(name, former) {
    await refuseUnlessOk(await newsroom.request("DELETE", addressOf(name), undefined, ifUnchanged(former)), name);
  },
});
