import type { Files } from "../../fixtures/publication.ts";

/** Sky, sun, far hills, near hills and sea of a picture. */
const PALETTES: readonly (readonly [string, string, string, string, string])[] = [
  ["#f6b98a", "#fff0d0", "#a2607c", "#5a3a63", "#27233f"],
  ["#bfe3ea", "#fffbe6", "#78adb7", "#3c7686", "#16404f"],
  ["#f3e3c3", "#f08a5d", "#c2a878", "#7b8f6a", "#39534b"],
  ["#1f2a4d", "#f7e8b0", "#35466f", "#22304f", "#0f1830"],
  ["#e8c7d3", "#fffaf0", "#b3829b", "#74587f", "#3a3357"],
];

/** The number of different pictures. */
export const PICTURES = PALETTES.length;

/** A ridge of hills across the picture, from a number that says where its tops are. */
const ridge = (seed: number, height: number, color: string): string => {
  const tops = Array.from({ length: 9 }, (_, index) => {
    const y = height - 55 * Math.abs(Math.sin(seed * 1.7 + index * 1.3));
    return `${index * 150} ${Math.round(y)}`;
  });
  return `<path fill="${color}" d="M0 675L${tops.join("L")}V675z"/>`;
};

/** A drawing of the sea below hills. */
const drawPicture = (number: number): string => {
  const [sky, sun, far, near, sea] = PALETTES[number] ?? ["#fff", "#fff", "#999", "#666", "#333"];
  const sunX = 240 + number * 170;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="675" viewBox="0 0 1200 675"><path fill="${sky}" d="M0 0h1200v675H0z"/><circle cx="${sunX}" cy="270" r="92" fill="${sun}"/>${ridge(number + 1, 430, far)}${ridge(number + 4, 505, near)}<path fill="${sea}" d="M0 520h1200v155H0z"/><path stroke="${sun}" stroke-width="5" stroke-linecap="round" opacity=".5" d="M${sunX - 70} 548h140M${sunX - 44} 576h92M${sunX - 60} 606h116M${sunX - 20} 638h50"/></svg>`;
};

/** A second of a falling tone: 8 kHz, 8 bits, mono (WAVE_FORMAT_PCM). */
const soundOfHorn = (): Uint8Array => {
  const RATE = 8000;
  const bytes = new Uint8Array(44 + RATE);
  const view = new DataView(bytes.buffer);
  const text = (at: number, word: string): void => bytes.set(new TextEncoder().encode(word), at);
  text(0, "RIFF");
  view.setUint32(4, 36 + RATE, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  text(36, "data");
  view.setUint32(40, RATE, true);
  for (let index = 0; index < RATE; index++) bytes[44 + index] = 128 + Math.round(60 * Math.sin(index / 9));
  return bytes;
};

/** A second of a disc that crosses the picture: WebM, 160 × 90 pixels, recorded in Chromium. */
const FILM =
  "GkXfo59ChoEBQveBAULygQRC84EIQoKEd2VibUKHgQRChYECGFOAZwEAAAAAAAVmEU2bdLlNu4tTq4QVSalmU6yBbk27i1OrhBZUrmtTrIGTTb" +
  "uLU6uEH0O2dVOsgdRNu4xTq4QcU7trU6yCBVTsrgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAVSalmoCrX" +
  "sYMPQkBEiYREZDVQTYCGQ2hyb21lV0GGQ2hyb21lFlSua7yuuteBAXPFhxWAmpn0KjyDgQFV7oEBhoVWX1ZQOOCdsIGguoFaU8CBAVWwkFWxgQ" +
  "FVuYECVbqBDVW7gQEfQ7Z1AQAAAAAABHTngQCgQNShQI+BAAAAMAgAnQEqoABaAAqHCIWFiJmEiDgCAy6Sg6YfjNJG9os+a+/584zxgGRv3fVk" +
  "VZq/SuC7W4drQSxXtZWEx5bobwSUqssHoK6oaR2A/uUGX9rTH8sq7IYFoi3596nUacmYavE1QngKuckLFdgdYM5CKB+KPfkAWe9lL9xdvbQ3kI" +
  "1EduE9nZ3Y1HkCAHWhv6a97oEBpbhQBQCdASqgAFoACocIhYWImYSIOAIABigPCHVUmu4h1VJruIdVSa7iHVUmu4h1VJruIbwA/uuuAKDlocKB" +
  "AGYAMQUAKhHAABgAGwRf9AAOaSSSR4AclttgN33WVRJJRZsmfeoV25VfIJfkeMD+5QZf2u5QQ1MbsLzHsGCuXgB1oZumme6BAaWUEQIAKhHAAB" +
  "gAGFgv9AAIgIEAAAD7gQCg66HIgQDMABEGACgRwAAYABsNLIfoGHuQEq1Fa5O4AC25zxdC9oWDSPclmPU5r6JM1bIPkvkl9qs7AP7lBl/a7jTI" +
  "O7s3v416bnAAdaGbppnugQGllBECACoRwAAYABhYL/QACICBAAAA+4FmoOahw4EBMwCRBQAoEcAAGAAaTYAP6BLB3eOYw7xf4ANutmW+ECgJwu" +
  "arcZ1TBdoD2ECi5xDoAP7lBl/a+sJFMAzjD0LVknB1oZumme6BAaWUEQIAKhHAABgAGFgv9AAIgIEAAAD7gcyg5KHAgQGWAJEFACgRwAAYABnt" +
  "L/QADrDi8URxbocce0FPGTC9VxiEe9BD6iqynv247uhrkDgg/uUGX9r13MgZxncQQHWhm6aZ7oEBpZQRAgAqEcAAGAAYWC/0AAiAgQAAAPuCAT" +
  "Og3KG4gQH+ALEEACgRwAAYABnuZ/QAD36T6TQA6VVM8T8nqeUKWdNqixngT2lXXID+5QZf2u5QQ1Mi4AB1oZumme6BAaWUEQIAKhHAABgAGFgv" +
  "9AAIgIEAAAD7ggGWoOShwIECYwCRBQAoEcAAGAAaTS/0ABJQh4O7uh2tzx5QF4dqib0yC5rGoUDSj5J6TEhvyHYVoP7lBl/a7rCshfP6DAB1oZ" +
  "umme6BAaWUEQIAKhHAABgAGFgv9AAIgIEAAAD7ggH+oNuhuIECxwCRBAAqEcAAGAAZFY/0AAdef/VKcEqEKRMMuy0utc/QqA+9UvjeIAD+5QZf" +
  "2vrCRTAM4wAAdaGappjugQGlk/EBACoRwBRgAGFgv9AAIgIEAAD7ggJjoO+hy4EDLABxBQAsEZAAGAAaq5f0ABRk7IJXMiwoyErhsWQWppAbTl" +
  "XLEkLkHIJcUA11k2XA/ujXATdh3uT9JMCLysDmYYaaqMbPEAbgAHWhm6aZ7oEBpZQRAgAqEcAAGAAYWC/0AAiAgQAAAPuCAseg5KHAgQOQALEE" +
  "AC4RgAAYABpL9/QAEVWyuVzb+2ysAvsR9S0AfW03crmoIa1AgQD+6ezqiij/QfFsOhiuyEe14CDAAHWhm6aZ7oEBpZQRAgAqEcAAGAAYWC/0AA" +
  "iAgQAAAPuCAywcU7trjbuLs4EAt4b3gQHxgdQ=";

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512" viewBox="0 0 64 64"><path fill="#17415c" d="M0 0h64v64H0z"/><path fill="none" stroke="#ffe3b0" stroke-width="5" stroke-linecap="round" d="M32 14v36M20 24h24M14 40c4 9 11 11 18 11s14-2 18-11"/></svg>';

/** The files of `content/media`. */
export const media: Files = {
  ...Object.fromEntries(PALETTES.map((_, index) => [`media/picture-${index}.svg`, drawPicture(index)])),
  "media/icon.svg": ICON,
  "media/horn.wav": soundOfHorn(),
  "media/crossing.webm": Uint8Array.from(atob(FILM), (character) => character.charCodeAt(0)),
  "media/vessels.csv": "name,length\nSolveig,84\nMaren,31\n",
};
