import { ask, type Exchange } from "./exchange.ts";
import type { Workerd } from "./workerd.ts";

/** A question that is asked again and again, and the status of its answer. */
export interface Case {
  readonly path: string;
  readonly status: 200 | 304;
  readonly accept: string;
}

/** What feed readers ask most, then a feed that the router finds later, then content negotiation. */
export const cases: readonly Case[] = [
  { path: "/rss.xml", status: 304, accept: "*/*" },
  { path: "/rss.xml", status: 200, accept: "*/*" },
  { path: "/tags/harbour/atom.xml", status: 304, accept: "*/*" },
  { path: "/feed", status: 304, accept: "application/atom+xml, application/rss+xml;q=0.9, */*;q=0.1" },
];

/** The headers of a request. */
export type Fields = Readonly<Record<string, string>>;

/** What our worker answers, and the headers that make it. */
export interface Recording {
  readonly found: Exchange;
  readonly notModified: Exchange;
  /** The headers of the case's request. */
  readonly fields: Fields;
}

const expect = async (answer: Promise<Exchange>, status: number, path: string): Promise<Exchange> => {
  const result = await answer;
  if (result.status !== status) throw new Error(`${path} answered ${result.status} instead of ${status}.`);
  return result;
};

/** Asks our worker as a feed reader would: at first without conditions, then with what it got. */
export const record = async ({ port }: Workerd, { path, status, accept }: Case): Promise<Recording> => {
  const plain: Fields = {
    host: "courier.example.org",
    "user-agent": "Feedwright bench",
    accept,
    "accept-encoding": "identity",
  };
  const found = await expect(ask(port, path, plain), 200, path);
  const conditional: Fields = {
    ...plain,
    "if-none-match": found.headers.get("etag") ?? "",
    "if-modified-since": found.headers.get("last-modified") ?? "",
  };
  const notModified = await expect(ask(port, path, conditional), 304, path);
  return { found, notModified, fields: status === 304 ? conditional : plain };
};

/** The request as it goes over the wire. */
export const requestText = (path: string, fields: Fields): string =>
  `GET ${path} HTTP/1.1\r\n${Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("")}\r\n`;

const facts = ({ status, headers, body }: Exchange): string => JSON.stringify([status, [...headers].sort(), [...body]]);

/** Makes sure that a server answers a case as recorded: status, headers and bytes. */
export const checkAnswer = async ({ port }: Workerd, { path, status }: Case, recording: Recording): Promise<void> => {
  const expected = status === 304 ? recording.notModified : recording.found;
  if (facts(await ask(port, path, recording.fields)) !== facts(expected)) {
    throw new Error(`The bare worker answers ${path} otherwise than ours does.`);
  }
};
