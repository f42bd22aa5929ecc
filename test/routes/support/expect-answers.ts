import { expect } from "vitest";
import { headersOf, type ServedSite } from "./serve.ts";

/** A path, and the Accept header with which it is requested. */
export interface Resource {
  readonly path: string;
  readonly accept?: string;
}

/** The validators of a document, as a client stores them. */
export interface Validators {
  readonly tag: string;
  /** Milliseconds. */
  readonly modified: number;
}

type Fields = Readonly<Record<string, string>>;

const request = ({ fetch }: ServedSite, { path, accept = "*/*" }: Resource, headers: Fields = {}, method = "GET") =>
  fetch(path, { method, headers: { accept, ...headers } });

/** The validators that a client gets now. */
export const currentValidators = async (served: ServedSite, resource: Resource): Promise<Validators> => {
  const { headers } = await request(served, resource);
  return { tag: headers.get("etag") ?? "", modified: Date.parse(headers.get("last-modified") ?? "") };
};

/**
 * Sends a GET and a HEAD, and expects of each the status and exactly the headers and the body that go with it: a 304
 * has the headers of the 200 without those that describe a body (RFC 9110 §15.4.5), a HEAD all but the body.
 */
export const expectAnswers = async (
  served: ServedSite,
  resource: Resource,
  headers: Fields,
  status: number,
): Promise<void> => {
  const whole = await request(served, resource);
  const text = await whole.text();
  const { "content-type": _, "content-length": length, ...carried } = headersOf(whole);
  expect(Number(length)).toBe(new TextEncoder().encode(text).length);
  const get = await request(served, resource, headers);
  const head = await request(served, resource, headers, "HEAD");
  expect({ ...resource, statuses: [get.status, head.status] }).toEqual({ ...resource, statuses: [status, status] });
  if (status === 200) expect(headersOf(get)).toEqual(headersOf(whole));
  if (status === 304) expect(headersOf(get)).toEqual(carried);
  expect(headersOf(head)).toEqual(headersOf(get));
  expect(head.body).toBeNull();
  const body = await get.text();
  expect(body === text).toBe(status === 200);
  expect(body === "").toBe(status === 304);
};
