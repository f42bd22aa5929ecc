import { expect, it, vi } from "vitest";
import { sendMedia } from "../../../src/cli/newsroom/send-media.ts";
import { sha256 } from "../../../src/lib/sha256.ts";
import { GIF } from "../../fixtures/publication.ts";
import { fakeNewsroom, refusal } from "./fake-newsroom.ts";

it("prints why the newsroom refuses a file, and sends the others", async () => {
  const error = vi.spyOn(console, "error").mockReturnValue();
  const known = [{ path: "media/known.gif", digest: sha256(GIF) }];
  const newsroom = fakeNewsroom(
    (request) =>
      request.includes("n%231") ? refusal(400, "Choose another name.") : Response.json({}, { status: 201 }),
    [],
    known,
  );
  const files = new Map(["n#1", "known", "b c"].map((name) => [`media/${name}.gif`, GIF]));
  expect(await sendMedia(newsroom, files)).toBe(false);
  expect(newsroom.requests).toEqual(["PUT /api/media/n%231.gif", "PUT /api/media/b%20c.gif"]);
  expect(error.mock.calls).toEqual([["content/media/n#1.gif: 400 Choose another name."]]);
  error.mockRestore();
  files.delete("media/n#1.gif");
  expect(await sendMedia(newsroom, files)).toBe(true);
});

it.each([
  ["none", [], [], true],
  ["one that is new", ["a"], ["PUT /api/media/a.gif"], true],
  ["one that the newsroom has", ["known"], [], true],
  ["one that it has with other bytes", ["changed"], ["PUT /api/media/changed.gif"], true],
  ["one that it refuses", ["refused"], ["PUT /api/media/refused.gif"], false],
  [
    "one that it refuses before others",
    ["refused", "a"],
    ["PUT /api/media/refused.gif", "PUT /api/media/a.gif"],
    false,
  ],
])("sends %s", async (_, names, requests, isDone) => {
  const error = vi.spyOn(console, "error").mockReturnValue();
  const newsroom = fakeNewsroom(
    (request) => (request.includes("refused") ? refusal(400, "No.") : Response.json({}, { status: 201 })),
    [],
    [
      { path: "media/known.gif", digest: sha256(GIF) },
      { path: "media/changed.gif", digest: sha256("other bytes") },
    ],
  );
  expect(await sendMedia(newsroom, new Map(names.map((name) => [`media/${name}.gif`, GIF])))).toBe(isDone);
  expect(newsroom.requests).toEqual(requests);
  error.mockRestore();
});
