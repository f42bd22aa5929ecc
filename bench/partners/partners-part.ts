import { createHash } from "node:crypto";
import { benchPublication } from "../input/publication.ts";
import { randomFrom } from "../input/random.ts";
import { spreadOf } from "../measure/statistics.ts";
import { heapBytes, withCollector } from "../memory/heap-bytes.ts";
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
import { measureNewsroom } from "./newsroom-ratio.ts";

const SECTIONS = ["world", "city", "opinion"];

/** How many different selections the contracts have; as many contracts share each as there are for one. */
const SELECTIONS = 50;

const tokenOf = (index: number): string => `token-of-partner-${index}-for-the-benchmark`;

/** So many contracts, by name. Those with the same number modulo SELECTIONS select the same. */
const contractsOf = (count: number): Readonly<Record<string, unknown>> =>
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

/** Bytes of the heap that the feeds of the partners from `first` to before `end` take, for each. */
const measureMemory = async (server: Workerd, first: number, end: number): Promise<number> => {
  const before = await heapBytes(server);
  await sendAll(server.port, end - first, (number) => ({
    path: `/partners/p${first + number}/rss.xml`,
    headers: fieldsOf(first + number),
    status: 200,
  }));
  return ((await heapBytes(server)) - before) / (end - first);
};

/** The median of three new servers: bytes for the first partner of each selection, and for each further one. */
const measureMemories = async (
  config: string,
  partners: number,
): Promise<readonly [first: number, further: number]> => {
  const firsts: number[] = [];
  const others: number[] = [];
  for (let times = 0; times < 3; times++) {
    using server = await startWorkerd(config, true);
    await sendAll(server.port, 1, () => ({ path: "/rss.xml", headers: HOST, status: 200 }));
    firsts.push(await measureMemory(server, 0, SELECTIONS));
    others.push(await measureMemory(server, SELECTIONS, partners));
  }
  return [spreadOf(firsts).median, spreadOf(others).median];
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
  const contracts = contractsOf(partners);
  const yaml = JSON.stringify(contracts);
  const without = await seconds(() => benchPublication(stories, 20));
  const publication = await benchPublication(stories, 20, yaml);
  const withPartners = await seconds(() => benchPublication(stories, 20, yaml));
  const worker = await ourWorker(publication);
  using site = await writeSite(worker);
  await using load = startLoadGenerator();
  using server = await startWorkerd(site.config);
  const rows = [await measureRatio(load, server, 304, effort), await measureRatio(load, server, 200, effort)];
  using collecting = await writeSite(withCollector(worker));
  const [first, further] = await measureMemories(collecting.config, partners);
  const newsroom = await measureNewsroom(contracts, fieldsOf(0), stories, isQuick ? 5 : 51);
  return `## Partners

${partners} contracts with ${SELECTIONS} different selections, ${stories} stories of content/. A partner's feed beside the public one, on the same server in
turn, ${effort.rounds} rounds; gzip. No rate limits are bound. Goal: 0.8 of the public feed.

${table(["answer", "ratio to public", "min–max", "CPU ratio"], rows)}

- memory (V8's heap after garbage collection, ArrayBuffers included; median of three servers): ${threeDigits(first / 1000)} kB for the first partner of each
  selection, ${threeDigits(further / 1000)} kB for each further one
- build: ${threeDigits(without)} s without contracts, ${threeDigits(withPartners)} s with them

The same in a newsroom on miniflare, one request at a time. A partner's request asks the database whether the contract still holds, the public one asks
nothing: on Cloudflare, the way to the database comes on top. Making the memberships of all selections took ${newsroom.steps} steps.

${table(["answer", "ratio to public", "public ms (min–max)", "partner ms (min–max)", "rows read"], newsroom.rows)}
`;
};
