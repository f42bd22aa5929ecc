import { randomBytes } from "node:crypto";
import { stringify } from "yaml";
import { parseInstant } from "../content/schema/parse-instant.ts";
import { PARTNER_FORMATS } from "../content/schema/partner-schema.ts";
import { rfc3339 } from "../formats/dates.ts";
import { isRecord } from "../lib/is-record.ts";
import { sha256 } from "../lib/sha256.ts";
import { DAY_MS } from "../model/instant.ts";
import { CommandError, defineCommand, readArguments, runCommand } from "./command.ts";
import { createNewsroomClient, type NewsroomClient, readJson } from "./newsroom/newsroom-client.ts";
import { refusalLines } from "./newsroom/refusal-lines.ts";
import type { ContractDocument, ContractStore, ReadContract } from "./partners/contract-store.ts";
import { contractsInFile } from "./partners/contracts-in-file.ts";
import { contractsInNewsroom } from "./partners/contracts-in-newsroom.ts";

const USAGE = `Usage: npm run partner -- list
       npm run partner -- add NAME --format FORMAT … [--section S] [--tag T] [--author A] [--language L]
           [--exclude-section S] [--exclude-tag T] [--exclude-author A] [--text full|summary|lead:3] [--length 20] [--hours 48]
           [--delay 15m] [--rate high] [--expires 2027-06-01T00:00:00Z] [--network 192.0.2.0/24] [--header X-Acme-Key]
           [--contact desk@acme.example] [--attribution "From {publication}: {link}"] [--license URL] [--open]
       npm run partner -- show NAME
       npm run partner -- rotate NAME [--days 28]     (a new token; the old one ends in so many days)
       npm run partner -- enable|disable|revoke NAME
       npm run partner -- usage NAME --to https://example.org
Contracts are in content/partners.yaml; with --to https://example.org, in the newsroom there.
Formats: ${PARTNER_FORMATS.join(", ")}.`;

const many = { type: "string", multiple: true } as const;
const one = { type: "string" } as const;
const flag = { type: "boolean" } as const;

const OPTIONS = {
  ...{ format: many, section: many, tag: many, author: many, language: many, network: many },
  ...{ "exclude-section": many, "exclude-tag": many, "exclude-author": many, "exclude-language": many },
  ...{ text: one, length: one, hours: one, delay: one, rate: one, expires: one, header: one, contact: one },
  ...{ attribution: one, license: one, days: one, to: one, open: flag },
};

const TOKEN_BYTES = 32;
const DEFAULT_DAYS = 28;

const createToken = (): string => randomBytes(TOKEN_BYTES).toString("base64url");

type Values = ReturnType<typeof readPartnerArguments>["values"];

const readPartnerArguments = (args: readonly string[]) =>
  readArguments({ args, options: OPTIONS, allowPositionals: true }, USAGE);

const withoutUndefined = (entries: Readonly<Record<string, unknown>>): ContractDocument | undefined => {
  const known = Object.entries(entries).filter(([, value]) => value !== undefined);
  return known.length === 0 ? undefined : Object.fromEntries(known);
};

const textOf = (text: string | undefined): unknown => {
  const blocks = /^lead:(\d+)$/.exec(text ?? "")?.[1];
  return blocks === undefined ? text : { lead: Number(blocks) };
};

const numberOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

/** The contract that the options state. */
const contractOf = (values: Values, tokenHash: string | undefined): ContractDocument => ({
  ...withoutUndefined({
    contact: values.contact,
    expires: values.expires,
    tokens: tokenHash === undefined ? undefined : [{ sha256: tokenHash }],
    open: values.open,
    header: values.header,
    networks: values.network,
    rate: values.rate,
    include: withoutUndefined({
      sections: values.section,
      tags: values.tag,
      authors: values.author,
      languages: values.language,
    }),
    exclude: withoutUndefined({
      sections: values["exclude-section"],
      tags: values["exclude-tag"],
      authors: values["exclude-author"],
      languages: values["exclude-language"],
    }),
    text: textOf(values.text),
    length: numberOf(values.length),
    hours: numberOf(values.hours),
    delay: values.delay,
    formats: values.format ?? [],
    attribution: values.attribution,
    license: values.license,
  }),
});

const readContract = async (store: ContractStore, name: string): Promise<ReadContract> => {
  const read = await store.read(name);
  if (read !== undefined) return read;
  const known = [...(await store.list()).keys()].join(", ");
  throw new CommandError(
    `There is no contract with ${name}. ${known === "" ? "There is none at all." : `There are: ${known}.`}`,
  );
};

const write = async (
  store: ContractStore,
  name: string,
  contract: ContractDocument,
  former?: ReadContract,
): Promise<void> => {
  for (const warning of await store.write(name, contract, former)) console.error(warning);
};

const add = async (store: ContractStore, name: string, values: Values): Promise<void> => {
  if ((await store.read(name)) !== undefined)
    throw new CommandError(`There is a contract with ${name} already. \`show\` prints it.`);
  const token = values.open === true ? undefined : createToken();
  await write(store, name, contractOf(values, token && sha256(token)));
  console.log(`The contract with ${name} holds ${store.holdsFrom}.`);
  console.log(
    token === undefined
      ? "Anybody can read its feeds."
      : `token: ${token}\nIt is shown this once. Send it to the partner.`,
  );
};

/** A token that stays valid for some days: until then, or until it ends anyway. */
const limitToken = (token: unknown, until: number): unknown => {
  if (!isRecord(token)) return token;
  const end = typeof token.until === "string" ? parseInstant(token.until) : undefined;
  return typeof end === "number" && end <= until ? token : { ...token, until: rfc3339(until) };
};

const hasEnded = (token: unknown, now: number): boolean => {
  const end = isRecord(token) && typeof token.until === "string" ? parseInstant(token.until) : undefined;
  return typeof end === "number" && end <= now;
};

const rotate = async (store: ContractStore, name: string, days: string = String(DEFAULT_DAYS)): Promise<void> => {
  const read = await readContract(store, name);
  const { contract } = read;
  if (contract.open === true) throw new CommandError(`The contract with ${name} is open: it has no token.`);
  if (!/^\d{1,3}$/.test(days)) throw new CommandError(`--days must be a number of days, such as ${DEFAULT_DAYS}.`);
  const now = Math.floor(Date.now() / 1000) * 1000;
  const until = now + Number(days) * DAY_MS;
  const token = createToken();
  const former: readonly unknown[] = Array.isArray(contract.tokens) ? contract.tokens : [];
  const tokens = [
    { sha256: sha256(token) },
    ...former.filter((other) => !hasEnded(other, now)).map((other) => limitToken(other, until)),
  ];
  await write(store, name, { ...contract, tokens }, read);
  console.log(`The new token of ${name} counts ${store.holdsFrom}; the former one until ${rfc3339(until)}.`);
  console.log(`token: ${token}\nIt is shown this once. Send it to the partner.`);
};

const setEnabled = async (store: ContractStore, name: string, isEnabled: boolean): Promise<void> => {
  const read = await readContract(store, name);
  const { enabled: _, ...contract } = read.contract;
  await write(store, name, isEnabled ? contract : { ...contract, enabled: false }, read);
  console.log(`The contract with ${name} is ${isEnabled ? "enabled" : "disabled"} ${store.holdsFrom}.`);
};

const revoke = async (store: ContractStore, name: string): Promise<void> => {
  await store.remove(name, await readContract(store, name));
  console.log(`The contract with ${name} is revoked ${store.holdsFrom}: its tokens open nothing.`);
};

const describe = (name: string, contract: ContractDocument, now: number): string => {
  const expires = typeof contract.expires === "string" ? parseInstant(contract.expires) : undefined;
  const hasExpired = typeof expires === "number" && expires <= now;
  const state = contract.enabled === false ? "disabled" : hasExpired ? "ended" : "enabled";
  const formats = Array.isArray(contract.formats) ? contract.formats.join(", ") : "";
  return `${name}: ${state}${contract.open === true ? ", open to anybody" : ""}; ${formats}`;
};

const list = async (store: ContractStore): Promise<void> => {
  const contracts = await store.list();
  const now = Date.now();
  for (const [name, contract] of contracts) console.log(describe(name, contract, now));
  if (contracts.size === 0)
    console.log("There are no contracts with partners. `npm run partner -- add NAME --format rss` makes one.");
};

const show = async (store: ContractStore, name: string): Promise<void> => {
  const { contract } = await readContract(store, name);
  console.log(stringify({ [name]: contract }, { lineWidth: 0 }).trimEnd());
  if (contract.open === true) console.log(`# Anybody can read the feeds of ${name}.`);
};

const usage = async (newsroom: NewsroomClient, name: string): Promise<void> => {
  const path = `/api/partners/${encodeURIComponent(name)}/usage`;
  const response = await newsroom.request("GET", path);
  const answer = await readJson(response);
  if (!response.ok) throw new CommandError(refusalLines(answer, path).join("\n"));
  console.log(JSON.stringify(answer, null, 2));
};

/** Adds, shows and ends the contracts with partners, in content/partners.yaml or in a newsroom. */
export const partner = defineCommand(USAGE, async (args) => {
  const { values, positionals } = readPartnerArguments(args);
  const [action, name, ...surplus] = positionals;
  if (surplus.length > 0) throw new CommandError(USAGE);
  if (action === "usage" && name !== undefined) {
    await usage(createNewsroomClient(values.to), name);
    return true;
  }
  const store = values.to === undefined ? contractsInFile() : contractsInNewsroom(createNewsroomClient(values.to));
  if (action === "list" && name === undefined) await list(store);
  else if (name === undefined) throw new CommandError(USAGE);
  else if (action === "add") await add(store, name, values);
  else if (action === "show") await show(store, name);
  else if (action === "rotate") await rotate(store, name, values.days);
  else if (action === "enable" || action === "disable") await setEnabled(store, name, action === "enable");
  else if (action === "revoke") await revoke(store, name);
  else throw new CommandError(USAGE);
  return true;
});

if (import.meta.main) await runCommand(partner);
