import { expect, it, vi } from "vitest";
import { sha256 } from "../../../src/cli/digest.ts";
import { sendMedia } from "../../../src/cli/newsroom/send-media.ts";
import { GIF } from "../../fixtures/publication.ts";
import { fakeNewsroom, refusal } from "./fake-newsroom.ts";

it("tells of a file that the newsroom refuses, and sends the others", async () => {
  const told = vi.spyOn(console, "error").mockReturnValue();
  const known = [{ path: "media/known.gif", digest: sha256(GIF) }];
  const newsroom = fakeNewsroom(
    (asked) => (asked.includes("n%231") ? refusal(400, "Choose another name.") : Response.json({}, { status: 201 })),
    [],
    known,
  );
  const files = new Map(["n#1", "known", "b c"].map((name) => [`media/${name}.gif`, GIF]));
  expect(await sendMedia(newsroom, files)).toBe(false);
  expect(newsroom.asked).toEqual(["PUT /api/media/n%231.gif", "PUT /api/media/b%20c.gif"]);
  expect(told.mock.calls).toEqual([["content/media/n#1.gif: 400 Choose another name."]]);
  told.mockRestore();
  files.delete("media/n#1.gif");
  expect(await sendMedia(newsroom, files)).toBe(true);
});
