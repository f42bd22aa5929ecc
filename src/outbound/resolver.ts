import { isRecord } from "../lib/is-record.ts";
import { guardedFetch, readStart, withParameters } from "./guarded-fetch.ts";
import { isPublicAddress } from "./public-address.ts";

/** Finds the IP addresses of a host; fails where nobody can tell. */
export type Resolver = (host: string) => Promise<readonly string[]>;

const TIMEOUT_MS = 5000;
const MAX_CHARACTERS = 65_536;
const A = 1;
const AAAA = 28;

/** Outcomes that say something of the name (RFC 6895 §2.3): that it has these records, or that there is no such name. */
const TELLING = [0, 3];

const addressesIn = (answer: unknown): readonly string[] => {
  if (!isRecord(answer) || !TELLING.some((status) => status === answer.Status))
    throw new Error("the resolver can't tell");
  const records: readonly unknown[] = Array.isArray(answer.Answer) ? answer.Answer : [];
  // What is no text becomes an address that nobody has, and is refused as such.
  return records.flatMap((record) =>
    isRecord(record) && (record.type === A || record.type === AAAA) ? [String(record.data)] : [],
  );
};

/** Asks a resolver over HTTPS that answers in JSON, such as https://cloudflare-dns.com/dns-query. */
export const dnsOverHttps =
  (url: string, fetch: typeof globalThis.fetch): Resolver =>
  async (host) => {
    const ask = async (type: string): Promise<readonly string[]> => {
      const response = await guardedFetch({ fetch, timeoutMs: TIMEOUT_MS }, withParameters(url, { name: host, type }), {
        headers: { accept: "application/dns-json" },
      });
      const text = await readStart(response, MAX_CHARACTERS);
      if (!response.ok) throw new Error(`the resolver answers ${response.status}`);
      if (text.length > MAX_CHARACTERS) throw new Error("the resolver answers at too great a length");
      return addressesIn(JSON.parse(text));
    };
    // One after the other: each takes one of the few connections.
    return [...(await ask("A")), ...(await ask("AAAA"))];
  };

/** A resolver that asks only once for each host: for a batch of deliveries or a request to subscribe, and no longer. */
export const askOnce = (resolve: Resolver): Resolver => {
  const asked = new Map<string, ReturnType<Resolver>>();
  return (host) => {
    const answer = asked.get(host) ?? resolve(host);
    asked.set(host, answer);
    return answer;
  };
};

/**
 * Why nothing may be sent to a host, by what it resolves to; nothing where it may. Between this and the connection, the name may
 * come to mean something else: only the platform can close that gap.
 */
export const checkAddresses = async (host: string, resolve: Resolver): Promise<string | undefined> => {
  const addresses = await resolve(host);
  if (addresses.length === 0) return "has a host that no resolver knows";
  return addresses.every(isPublicAddress) ? undefined : "has a host that leads into a private network";
};
