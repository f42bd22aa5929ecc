import { isRecord } from "../../lib/is-record.ts";
import { CommandError } from "../command.ts";
import { type NewsroomClient, readJson } from "../newsroom/newsroom-client.ts";
import type { ContractDocument, ContractStore } from "./contract-store.ts";

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

/** The contracts of a newsroom. */
export const contractsInNewsroom = (newsroom: NewsroomClient): ContractStore => ({
  holdsFrom: "from now on",
  async list() {
    const entries = await newsroom.listPartners();
    return new Map(entries.map(({ name, ...contract }) => [String(name), contract]));
  },
  async write(name, contract: ContractDocument) {
    const body = new TextEncoder().encode(JSON.stringify(contract));
    const answer = await refuseUnlessOk(await newsroom.request("PUT", addressOf(name), body), name);
    return isRecord(answer) ? messagesIn(answer.warnings) : [];
  },
  async remove(name) {
    await refuseUnlessOk(await newsroom.request("DELETE", addressOf(name)), name);
  },
});
