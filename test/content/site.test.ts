import { describe, expect, it } from "vitest";
import { compileSite } from "../../src/content/site.ts";
import type { Channel } from "../../src/model/channel.ts";
import { DEFAULT_SITE } from "./case-file.ts";

const channelOf = (keys: string): Channel => {
  const { channel, file } = compileSite(DEFAULT_SITE + keys, {});
  if (channel === undefined) throw new Error(file.messages.join("\n"));
  return channel;
};

describe("the words of site.yaml", () => {
  it("are by language, in the canonical spelling of the tag", () => {
    expect(
      channelOf("words: { DE: { source: Laut }, zh-hant: { source: 據 }, fi: { source: Lähde } }\n").words,
    ).toMatchObject({
      de: { source: "Laut" },
      "zh-Hant": { source: "據" },
      fi: { source: "Lähde" },
    });
  });

  it("are for the language of the site if they stand alone, as they did before there were languages", () => {
    const { words } = channelOf("words: { withdrawn: Taken down }\n");
    expect(words.en).toMatchObject({ withdrawn: "Taken down", source: "Source" });
    expect(words.de).toMatchObject({ withdrawn: "Zurückgezogen" });
  });

  it("can be both, and then those of the language count", () => {
    expect(channelOf("words: { en: { source: From }, source: By, withdrawn: Taken down }\n").words.en).toMatchObject({
      ...{ source: "From", withdrawn: "Taken down", correction: "Correction" },
    });
  });
});

describe("the time zone of site.yaml", () => {
  it.each([
    ["", "UTC"],
    ["timeZone: Asia/Kolkata\n", "Asia/Kolkata"],
    ["timeZone: ' Europe/Berlin '\n", "Europe/Berlin"],
  ])("by %j is %s", (keys, timeZone) => {
    expect(channelOf(keys).timeZone).toBe(timeZone);
  });
});
