import type { Channel } from "../../src/model/channel.ts";
import { fillSelections } from "../../src/store/d1/fill-selections.ts";
import { benchPublication } from "../input/publication.ts";
import { spreadOf } from "../measure/statistics.ts";
import { openNewsroomClient, type Timed } from "../newsroom/client.ts";
import { fillDatabase } from "../newsroom/fill-database.ts";
import { FEED_LENGTH, type RunningNewsroom, runNewsroom, TOKEN } from "../newsroom/run-newsroom.ts";
import { range, threeDigits } from "../report/numbers.ts";
import { sendRequest } from "../serve/send-request.ts";

/** Milliseconds that the database has for a step. */
const TIMEOUT_MS = 60_000;

const putContracts = async ({ port }: RunningNewsroom, contracts: Readonly<Record<string, unknown>>): Promise<void> => {
  const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };
  for (const [name, contract] of Object.entries(contracts)) {
    const { status, body } = await sendRequest(port, `/api/partners/${name}`, headers, false, JSON.stringify(contract));
    if (status !== 201) throw new Error(`the contract with ${name} is answered ${status}: ${Buffer.from(body)}`);
  }
};

const fillAll = async ({ database }: RunningNewsroom, channel: Channel): Promise<number> => {
  let steps = 0;
  while (!(await fillSelections(database, TIMEOUT_MS, channel))) steps += 1;
  return steps;
};

/**
 * A partner's feed beside the public one in a newsroom, one request after the other, in turn: rows of a table with status, ratio of the
 * medians, milliseconds of both, and the most rows that a request of the partner read; and the steps that filling all selections took.
 */
export const measureNewsroom = async (
  contracts: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, string>>,
  stories: number,
  count: number,
): Promise<{ readonly rows: readonly (readonly string[])[]; readonly steps: number }> => {
  await using newsroom = await runNewsroom();
  await fillDatabase(newsroom, stories);
  await putContracts(newsroom, contracts);
  const { channel } = await benchPublication(0, FEED_LENGTH);
  const steps = await fillAll(newsroom, channel);
  using client = openNewsroomClient(newsroom);
  const host = { host: fields.host ?? "", "accept-encoding": "gzip" };
  const partner = { ...fields, "accept-encoding": "gzip" };
  const rows: (readonly string[])[] = [];
  for (const status of [304, 200] as const) {
    const samples: { readonly base: Timed; readonly partner: Timed }[] = [];
    const read = async (path: string, headers: Readonly<Record<string, string>>): Promise<Timed> => {
      if (status === 200) return client.read(path, status, headers);
      const { answer } = await client.read(path, 200, headers);
      return client.read(path, status, { ...headers, "if-none-match": answer.headers.get("etag") ?? "" });
    };
    for (let round = 0; round <= count; round++) {
      const sample = {
        base: await read("/rss.xml", host),
        partner: await read("/partners/p0/rss.xml", partner),
      };
      // workerd compiles code as it is needed.
      if (round > 0) samples.push(sample);
    }
    const base = spreadOf(samples.map((sample) => sample.base.milliseconds));
    const ofPartner = spreadOf(samples.map((sample) => sample.partner.milliseconds));
    rows.push([
      String(status),
      threeDigits(base.median / ofPartner.median),
      `${threeDigits(base.median)} (${range(base)})`,
      `${threeDigits(ofPartner.median)} (${range(ofPartner)})`,
      String(Math.max(...samples.map((sample) => sample.partner.rows))),
    ]);
  }
  return { rows, steps };
};
