import { describe, expect, it } from "vitest";
import { withoutDrafts } from "../../../src/cli/content/without-drafts.ts";
import { readPublication } from "../../../src/model/publication.ts";
import { compileText, type Files, GIF, site, story } from "../../fixtures/publication.ts";

const FEEDS = { feeds: { dogs: { title: "Dogs", include: { tags: ["dog"] } } } };

const PUBLIC: Files = {
  "site.yaml": site(FEEDS),
  "b.md": story("b", { tags: ["dog"] }, "![B](media/b.gif)"),
  "planned.md": story("planned", { tags: ["Dog"], published: "2099-01-01T00:00:00Z" }),
  "media/b.gif": GIF,
};

const read = async (files: Files) => readPublication(await compileText(files));

describe("a publication without drafts", () => {
  it("is what it would be if they were not there: no text, tag, list, scope or picture of theirs is left", async () => {
    const drafts: Files = {
      "a.md": story("a", { draft: true, tags: ["dog", "Secret Tag"] }, "![A](media/a.gif) ![B](media/b.gif)"),
      "c.md": story("c", { draft: true }),
      "pages/secret.md": "---\ntitle: Secret\ndraft: true\n---\n\n![P](media/p.gif) ![B](media/b.gif)\n",
      "media/a.gif": GIF,
      "media/p.gif": GIF,
    };
    expect(withoutDrafts(await read({ ...PUBLIC, ...drafts }))).toEqual(await read(PUBLIC));
  });

  it("is what it would be without a page that is a draft, if that is the only one", async () => {
    const page = {
      "pages/secret.md": "---\ntitle: Secret\ndraft: true\n---\n\n![P](media/p.gif)\n",
      "media/p.gif": GIF,
    };
    expect(withoutDrafts(await read({ ...PUBLIC, ...page }))).toEqual(await read(PUBLIC));
  });

  it("is as it was if there are none", async () => {
    const publication = await read(PUBLIC);
    expect(withoutDrafts(publication)).toBe(publication);
  });
});
