import { describe, expect, it } from "vitest";
import { readMedia } from "../../../src/content/media/media.ts";
import { png } from "../support.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("reading a media file", () => {
  it.each([
    ["a picture", png(640, 480), { type: "image/png", length: 33, width: 640, height: 480 }],
    [
      "a drawing",
      bytes('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>'),
      { type: "image/svg+xml", width: 4, height: 3 },
    ],
    ["subtitles", bytes("WEBVTT\n\n"), { type: "text/vtt; charset=utf-8", length: 8 }],
    ["a text", bytes("Some words."), { type: "text/plain; charset=utf-8", length: 11 }],
  ])("recognises %s by its bytes", async (_, content, facts) => {
    expect(await readMedia(content)).toMatchObject(facts);
  });

  it("takes time that grows with the length only, or this test would never end", async () => {
    expect(await readMedia(bytes(`${"<!--a-->".repeat(5000)}<p>`))).toMatchObject({
      type: "text/plain; charset=utf-8",
    });
  });

  it.each([
    ["is empty", new Uint8Array(), /empty/],
    ["is cut off", Uint8Array.from([0xff, 0xd8, 0xff, 0xe0]), /damaged/],
    ["is nothing known", Uint8Array.from([0xff, 0x00, 0x80, 0x81]), /no kind/],
  ])("refuses one that %s", async (_, content, reason) => {
    expect(await readMedia(content)).toMatch(reason);
  });
});
