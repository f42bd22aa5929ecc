import { isRecord } from "../lib/is-record.ts";
import { appendQuery, guardedFetch, type HttpClient, readTextUpTo } from "./guarded-fetch.ts";
import { isPublicAddress } from "./public-address.ts";

/** Looks up the IP addresses of a host: none if there is no such name. Rejects if that cannot be told. */
export type Resolver = (host: string) => Promise<readonly string[]>;

const TIMEOUT_MS = 5000;
const MAX_CHARACTERS = 65_536;

/** Record types (RFC 1035 §3.2.2, RFC 3596 §2.1). */
const A = 1;
const AAAA = 28;

/**
 * Response codes that say something about the name (RFC 6895 §2.3): NOERROR, it has these records, and NXDOMAIN, it
 * does not exist.
 */
const CONCLUSIVE: readonly unknown[] = [0, 3];

const readAddresses = (answer: unknown): readonly string[] => {
  if (!isRecord(answer) || !CONCLUSIVE.includes(answer.Status)) throw new Error("the resolver can't tell");
  const records: readonly unknown[] = Array.isArray(answer.Answer) ? answer.Answer : [];
  // What is not text becomes an address that nobody has, so the host is refused.
  return records.flatMap((record) =>
    isRecord(record) && (record.type === A || record.type === AAAA) ? [String(record.data)] : [],
  );
};

/** A resolver that asks a server over HTTPS which answers in JSON, such as https://cloudflare-dns.com/dns-query. */
export const dnsOverHttps =
  (url: string, client: Omit<HttpClient, "timeoutMs">): Resolver =>
  async (host) => {
    const query = async (type: "A" | "AAAA"): Promise<readonly string[]> => {
      const init = { headers: { accept: "application/dns-json" } };
      const response = await guardedFetch(
        { ...client, timeoutMs: TIMEOUT_MS },
        appendQuery(url, { name: host, type }),
        init,
      );
      const text = await readTextUpTo(response, MAX_CHARACTERS);
      if (!response.ok) throw new Error(`the resolver answers ${response.status}`);
      if (text.length > MAX_CHARACTERS) throw new Error("the resolver answers at too great a length");
      return readAddresses(JSON.parse(text));
    };
    // One after the other: each takes one of the few connections that a worker may have.
    return [...(await query("A")), ...(await query("AAAA"))];
  };

/**
 * Wraps a resolver so that each host is looked up once, and a failure is kept, too. For one piece of work, such as a
 * batch of deliveries, and no longer: names come to mean something else.
 */
export const lookUpOnce = (resolve: Resolver): Resolver => {
  const lookups = new Map<string, ReturnType<Resolver>>();
  return (host) => {
    const lookup = lookups.get(host) ?? resolve(host);
    lookups.set(host, lookup);
    return lookup;
  };
};

/**
 * Returns why nothing may be sent to a host by the addresses that it has, or undefined if something may. Between this
 * check and the connection the name may come to mean something else (DNS rebinding): only the platform can close that
 * gap.
 */
export const checkAddresses = async (host: string, resolve: Resolver): Promise<string | undefined> => {
  const addresses = await resolve(host);
  if (addresses.length === 0) return "has a host that no resolver knows";
  return addresses.every(isPublicAddress) ? undefined : "has a host that leads into a private network";
};
