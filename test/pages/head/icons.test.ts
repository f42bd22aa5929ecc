import { expect, it } from "vitest";
import { renderIcons } from "../../../src/pages/head/icons.ts";

it("a picture is the icon of tabs and of home screens", () => {
  const icon = { url: "https://a.example/i.png?a&b", alt: "", type: "image/png", width: 512, height: 512 };
  expect(
    renderIcons({ icon })?.text,
  ).toBe(`<link rel="icon" href="https://a.example/i.png?a&amp;b" type="image/png" sizes="512x512">
<link rel="apple-touch-icon" href="https://a.example/i.png?a&amp;b">
`);
});

it("a drawing has any size, and home screens take none", () => {
  const icon = { url: "https://a.example/i.svg", alt: "", type: "image/svg+xml", width: 1, height: 1 };
  expect(renderIcons({ icon })?.text).toBe(
    `<link rel="icon" href="https://a.example/i.svg" type="image/svg+xml" sizes="any">\n`,
  );
});

it("an icon of Windows is none for home screens", () => {
  const icon = { url: "https://a.example/i.ico", alt: "", type: "image/x-icon", width: 32, height: 32 };
  expect(renderIcons({ icon })?.text).toBe(
    `<link rel="icon" href="https://a.example/i.ico" type="image/x-icon" sizes="32x32">\n`,
  );
});

it("there is no link without an icon", () => {
  expect(renderIcons({})).toBeUndefined();
});
