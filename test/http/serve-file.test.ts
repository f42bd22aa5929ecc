import { describe, expect, it } from "vitest";
import { serveFile } from "../../src/http/serve-file.ts";
import { chunksOf } from "../routes/support/serve.ts";

const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);

/** Serves a file of 1000 bytes; tells whether its body was cancelled. */
const ask = async (method: string, headers: Record<string, string> = {}) => {
  const request = new Request("https://x.example/", { method, headers });
  let isCancelled = false;
  const source = chunksOf(bytes, 100).getReader();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await source.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel() {
      isCancelled = true;
    },
  });
  const answer = await serveFile(request, {
    etag: '"a"',
    contentType: "audio/mpeg",
    length: bytes.length,
    body: method === "HEAD" ? null : body,
    headers: { "cache-control": "max-age=1" },
  });
  return { answer, isCancelled: () => isCancelled };
};

const carried = { "cache-control": "max-age=1", etag: '"a"', "x-content-type-options": "nosniff" };
const described = { ...carried, "accept-ranges": "bytes", "content-type": "audio/mpeg" };

interface Row {
  readonly name: string;
  readonly method?: string;
  readonly headers: Record<string, string>;
  readonly status: number;
  readonly expected: Record<string, string>;
  readonly body: Uint8Array;
}

const nothing = new Uint8Array();
const whole = { status: 200, expected: { ...described, "content-length": "1000" }, body: bytes };
const partial = (first: number, last: number) => ({
  status: 206,
  expected: {
    ...described,
    "content-length": String(last + 1 - first),
    "content-range": `bytes ${first}-${last}/1000`,
  },
  body: bytes.slice(first, last + 1),
});
const notModified = { status: 304, expected: carried, body: nothing };

const rows: readonly Row[] = [
  { name: "no condition", headers: {}, ...whole },
  { name: "HEAD", method: "HEAD", headers: {}, ...whole, body: nothing },
  {
    name: "HEAD, for which Range is not defined",
    method: "HEAD",
    headers: { range: "bytes=0-1" },
    ...whole,
    body: nothing,
  },
  {
    name: "HEAD, and a range after the end",
    method: "HEAD",
    headers: { range: "bytes=5000-" },
    ...whole,
    body: nothing,
  },
  { name: "the tag", headers: { "if-none-match": '"a"' }, ...notModified },
  { name: "the tag made weak by a proxy", headers: { "if-none-match": 'W/"a"' }, ...notModified },
  { name: "the tag in a list", headers: { "if-none-match": '"x", "a"' }, ...notModified },
  { name: "the tag, by HEAD", method: "HEAD", headers: { "if-none-match": '"a"' }, ...notModified },
  { name: "another tag", headers: { "if-none-match": '"b"' }, ...whole },
  { name: "If-Match of the tag", headers: { "if-match": '"a"' }, ...whole },
  {
    name: "a date, which the file does not have",
    headers: { "if-modified-since": "Fri, 31 Dec 9999 23:59:59 GMT" },
    ...whole,
  },
  { name: "the first two bytes, as Safari asks", headers: { range: "bytes=0-1" }, ...partial(0, 1) },
  { name: "a part across chunks", headers: { range: "bytes=95-305" }, ...partial(95, 305) },
  { name: "the end", headers: { range: "bytes=-10" }, ...partial(990, 999) },
  { name: "everything, as a part", headers: { range: "bytes=0-" }, ...partial(0, 999) },
  { name: "several parts", headers: { range: "bytes=0-1,3-4" }, ...whole },
  { name: "a part of the same file", headers: { range: "bytes=1-2", "if-range": '"a"' }, ...partial(1, 2) },
  { name: "a part of another file", headers: { range: "bytes=1-2", "if-range": '"b"' }, ...whole },
  { name: "a part after the end of another file", headers: { range: "bytes=5000-", "if-range": '"b"' }, ...whole },
  { name: "If-None-Match before Range", headers: { range: "bytes=0-1", "if-none-match": '"a"' }, ...notModified },
  {
    name: "If-None-Match before a range after the end",
    headers: { range: "bytes=5000-", "if-none-match": '"a"' },
    ...notModified,
  },
  { name: "If-None-Match of another file", headers: { range: "bytes=0-1", "if-none-match": '"b"' }, ...partial(0, 1) },
];

describe("serving a file", () => {
  it.each(rows)("answers $name with $status", async ({ method = "GET", headers, status, expected, body }) => {
    const { answer, isCancelled } = await ask(method, headers);
    if (!(answer instanceof Response)) throw new Error(answer);
    expect(answer.status).toBe(status);
    expect(Object.fromEntries(answer.headers)).toEqual(expected);
    expect(await answer.bytes()).toEqual(body);
    if (status === 304 && method === "GET") expect(isCancelled()).toBe(true);
  });

  it.each([
    ["a range after the end", { range: "bytes=1000-" }, "range-not-satisfiable"],
    ["If-Match of another tag", { "if-match": '"b"' }, "precondition-failed"],
    ["If-Match of a weak tag", { "if-match": 'W/"a"' }, "precondition-failed"],
    ["If-Match before a range after the end", { "if-match": '"b"', range: "bytes=1000-" }, "precondition-failed"],
  ])("refuses %s, and cancels the body", async (_, headers, refusal) => {
    const { answer, isCancelled } = await ask("GET", headers);
    expect(answer).toBe(refusal);
    expect(isCancelled()).toBe(true);
  });
});
