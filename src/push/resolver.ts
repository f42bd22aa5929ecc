import { isPublicAddress } from "./public-address.ts";

/** Finds the IP addresses of a host; fails where nobody can tell. */
export type Resolver = (host: string) => Promise<readonly string[]>;

const TIME_OUT = 5000;
const MOST_BYTES = 65_536;
const A = 1;
const AAAA = 28;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const addressesIn = (answer: unknown): readonly string[] => {
  const records: readonly unknown[] = isRecord(answer) && Array.isArray(answer.Answer) ? answer.Answer : [];
  return records.flatMap((record) =>
    isRecord(record) && (record.type === A || record.type === AAAA) && typeof record.data === "string"
      ? [record.data]
      : [],
  );
};

/** Asks a resolver over HTTPS that answers in JSON, such as https://cloudflare-dns.com/dns-query. */
export const dnsOverHttps =
  (url: string, fetch: typeof globalThis.fetch): Resolver =>
  async (host) => {
    const ask = async (type: string): Promise<readonly string[]> => {
      const response = await fetch(`${url}?${new URLSearchParams({ name: host, type })}`, {
        headers: { accept: "application/dns-json" },
        redirect: "manual",
        signal: AbortSignal.timeout(TIME_OUT),
      });
      const text = await response.text();
      if (!response.ok || text.length > MOST_BYTES) throw new Error(`the resolver answers ${response.status}`);
      return addressesIn(JSON.parse(text));
    };
    return (await Promise.all([ask("A"), ask("AAAA")])).flat();
  };

/**
 * Why nothing may be sent to a host, by what it resolves to; nothing where it may. Between this and the connection, the name may
 * come to mean something else: only the platform can close that gap.
 */
export const refuseAddresses = async (host: string, resolve: Resolver): Promise<string | undefined> => {
  const addresses = await resolve(host);
  if (addresses.length === 0) return "has a host that no resolver knows";
  return addresses.every(isPublicAddress) ? undefined : "has a host that leads into a private network";
};
