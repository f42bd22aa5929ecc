import { createHash } from "node:crypto";
import { benchPublication } from "../input/publication.ts";
import { randomFrom } from "../input/random.ts";
import { spreadOf } from "../measure/statistics.ts";
import { residentBytes } from "../memory/resident-bytes.ts";
import { sendAll } from "../memory/send-all.ts";
import { range, threeDigits } from "../report/numbers.ts";
import type { Part } from "../report/part.ts";
import { table } from "../report/table.ts";
import { requestText } from "../serve/cases.ts";
import { compareServers, type LoadSample } from "../serve/compare-servers.ts";
import { type LoadGenerator, startLoadGenerator } from "../serve/load-generator.ts";
import { sendRequest } from "../serve/send-request.ts";
import { writeSite } from "../serve/site-folder.ts";
import { ourWorker } from "../serve/worker-source.ts";
import { startWorkerd, type Workerd } from "../serve/workerd.ts";

const SECTIONS = ["world", "city", "opinion"];

/** How many different selections the contracts have; as many contracts share each as there are for one. */
const SELECTIONS = 50;

const tokenOf = (index: number): string => `token-of-partner-${index}-for-the-benchmark`;

/** partners.yaml with so many contracts. Those with the same number modulo SELECTIONS select the same. */
const contracts = (count: number): string =>
  JSON.stringify(
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `p${index}`,
        {
          formats: ["rss"],
          attribution: false,
          tokens: [{ sha256: createHash("sha256").update(tokenOf(index)).digest("hex") }],
          include: { sections: [SECTIONS[(index % SELECTIONS) % SECTIONS.length]] },
          exclude: { tags: [`nothing-${index % SELECTIONS}`] },
        },
      ]),
    ),
  );

const HOST = { host: "courier.example.org", "user-agent": "Feedwright bench", accept: "*/*" };

const fieldsOf = (index: number) => ({ ...HOST, authorization: `Bearer ${tokenOf(index)}` });

interface Effort {
  readonly rounds: number;
  readonly milliseconds: number;
}

/** The requests per second of a partner's feed by those of the public feed, round by round, on the same server. */
const measureRatio = async (
  load: LoadGenerator,
  server: Workerd,
  status: 200 | 304,
  { rounds, milliseconds }: Effort,
): Promise<readonly string[]> => {
  const random = randomFrom(1);
  const requestOf = async (path: string, more: Readonly<Record<string, string>>): Promise<string> => {
    const fields = { ...HOST, ...more, "accept-encoding": "gzip" };
    await sendRequest(server.port, path, fields);
    const etag = (await sendRequest(server.port, path, fields)).headers.get("etag") ?? "";
    return requestText(path, status === 304 ? { ...fields, "if-none-match": etag } : fields);
  };
  const ofPublic = await requestOf("/rss.xml", {});
  const ofPartner = await requestOf("/partners/p0/rss.xml", fieldsOf(0));
  const effort = { rounds: 1, milliseconds, warmUpMilliseconds: milliseconds / 4, connections: 32 };
  const once = async (request: string): Promise<LoadSample | undefined> => {
    const [samples] = await compareServers(load, [{ name: "", server }], { request, status }, effort, random);
    return samples?.samples[0];
  };
  const samples: { readonly ratio: number; readonly cpu: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const [base, partner] = [await once(ofPublic), await once(ofPartner)];
    if (base === undefined || partner === undefined) continue;
    samples.push({ ratio: partner.rate / base.rate, cpu: base.cpu / partner.cpu });
  }
  const ratio = spreadOf(samples.map((sample) => sample.ratio));
  const cpu = spreadOf(samples.map((sample) => sample.cpu));
  return [String(status), threeDigits(ratio.median), range(ratio), threeDigits(cpu.median)];
};

/** Bytes of memory that the feeds of `count` partners take, for each. */
const measureMemory = async (server: Workerd, count: number): Promise<number> => {
  const before = await residentBytes(server.pid);
  await sendAll(server.port, count, (number) => ({
    path: `/partners/p${number % count}/rss.xml`,
    headers: fieldsOf(number % count),
    status: 200,
  }));
  return ((await residentBytes(server.pid)) - before) / count;
};

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
};

/** What partners' feeds cost beside the public ones. */
export const partnersPart: Part = async ({ isQuick }) => {
  const stories = isQuick ? 500 : 10_000;
  const partners = isQuick ? 100 : 1000;
  const effort: Effort = isQuick ? { rounds: 3, milliseconds: 100 } : { rounds: 9, milliseconds: 500 };
  const yaml = contracts(partners);
  const without = await seconds(() => benchPublication(stories, 20));
  const publication = await benchPublication(stories, 20, yaml);
  const withPartners = await seconds(() => benchPublication(stories, 20, yaml));
  using site = await writeSite(await ourWorker(publication));
  await using load = startLoadGenerator();
  using server = await startWorkerd(site.config);
  const rows = [await measureRatio(load, server, 304, effort), await measureRatio(load, server, 200, effort)];
  using fresh = await startWorkerd(site.config);
  // Those of all selections, then those of all others, which share them.
  const first = await measureMemory(fresh, SELECTIONS);
  const others = await measureMemory(fresh, partners);
  return `## Partners

${partners} contracts with ${SELECTIONS} different selections, ${stories} stories of content/. A partner's feed beside the public one, on the same server in
turn, ${effort.rounds} rounds; gzip. No rate limits are bound. Goal: 0.8 of the public feed.

${table(["answer", "ratio to public", "min–max", "CPU ratio"], rows)}

- memory for each partner: ${threeDigits(first / 1000)} kB for the first of each selection, ${threeDigits(others / 1000)} kB for those that share one
- build: ${threeDigits(without)} s without contracts, ${threeDigits(withPartners)} s with them
`;
};
