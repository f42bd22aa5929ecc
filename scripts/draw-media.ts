// Draws the pictures of the sample publication: `node scripts/draw-media.ts` writes content/media/*.png.
// No clock, no chance: the same program draws the same pixels, always.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  below,
  both,
  box,
  type Color,
  circle,
  hex,
  melt,
  mix,
  type Point,
  Raster,
  ring,
  type Shape,
  stroke,
  union,
} from "./raster.ts";

const INK = hex("#15152b");
const AMBER = hex("#f2b872");

/** A date palm: a bent trunk and a crown of fronds. */
const palm = ([x, y]: Point, height: number, lean: number): Shape => {
  const top: Point = [x + lean, y - height];
  const radius = height * 0.42;
  const fronds = [-168, -145, -118, -90, -62, -35, -12, 14, 166].map((degrees) => {
    const angle = (degrees * Math.PI) / 180;
    const out = (share: number, drop: number): Point => [
      top[0] + Math.cos(angle) * radius * share,
      top[1] + Math.sin(angle) * radius * share * 0.8 + radius * drop,
    ];
    return stroke(top, out(0.75, -0.22), out(1.05, 0.34), height * 0.045, 1);
  });
  return union(stroke([x, y], [x - lean * 0.4, y - height * 0.5], top, height * 0.06, height * 0.035), ...fronds);
};

/** Smoke that rises and leans: drops that run together. */
const smoke = (drops: readonly (readonly [number, number, number])[]): Shape =>
  melt(60, ...drops.map(([x, y, radius]) => circle(x, y, radius)));

const SKY: readonly Color[] = [
  "#1b2447",
  "#26305a",
  "#363c6c",
  "#4d4878",
  "#6d5480",
  "#93607f",
  "#b96f76",
  "#d8866c",
  "#eda26a",
  "#f4bd78",
].map(hex);

/** Dusk over a compound wall: smoke, falling flares, palms, and a street that is being swept. */
const drawCompound = (): Raster => {
  const picture = new Raster(1200, 675, SKY[0] ?? INK);
  for (const [index, color] of SKY.entries()) {
    if (index > 0)
      picture.paint(
        below((x) => index * 46 + Math.sin(x / 190 + index * 0.7) * 14),
        color,
      );
  }
  picture.paint(circle(848, 420, 138), AMBER, 0.35).paint(circle(848, 420, 92), hex("#fde2ab"));

  const far = [
    [600, 500, 90],
    [520, 430, 78],
    [560, 350, 70],
    [480, 285, 84],
    [390, 225, 70],
    [300, 190, 92],
    [180, 140, 84],
    [60, 120, 110],
  ] as const;
  const near = [
    [560, 510, 80],
    [500, 455, 52],
    [525, 395, 44],
    [455, 340, 56],
    [385, 290, 40],
    [310, 262, 54],
    [215, 232, 42],
    [120, 226, 60],
    [10, 205, 58],
  ] as const;
  picture.paint(smoke(far), hex("#4a4170"), 0.62).paint(smoke(near), hex("#2b2850"), 0.72);

  const flares: readonly (readonly [number, number, number])[] = [
    [700, 150, 9],
    [905, 92, 11],
    [1040, 210, 8],
    [772, 268, 6],
    [1120, 118, 6],
  ];
  for (const [x, y, radius] of flares) {
    const tail = stroke([x, y], [x + radius * 1.5, y - radius * 7], [x - radius, y - radius * 13], radius * 0.7, 0.5);
    picture.paint(tail, hex("#ffd9a0"), 0.55);
    for (const [wide, light] of [
      [5.2, 0.1],
      [3.4, 0.16],
      [2, 0.32],
    ] as const) {
      picture.paint(circle(x, y, radius * wide), hex("#ffc887"), light);
    }
    picture.paint(circle(x, y, radius), hex("#fff3d6"));
  }

  // Behind the wall: roofs without windows; then the wall, its gatehouse open and scorched.
  const roofs = union(
    box(236, 432, 420, 600),
    box(690, 452, 770, 600),
    box(930, 424, 1070, 600),
    box(972, 402, 1026, 600),
  );
  picture.paint(roofs, hex("#3a2f57")).paint(palm([196, 570], 240, -20), hex("#2a2345"));
  const posts = Array.from({ length: 12 }, (_, index) => box(index * 112 - 44, 478, index * 112 - 18, 600));
  const wall = union(box(0, 490, 1200, 600), ...posts, box(488, 446, 672, 600), box(478, 440, 682, 454));
  const doorway = union(box(534, 524, 626, 600), circle(580, 526, 46));
  const soot = smoke([
    [580, 524, 50],
    [562, 476, 22],
    [596, 466, 26],
    [578, 446, 16],
  ]);
  picture.paint(wall, hex("#241d40")).paint(both(soot, wall), INK, 0.8);
  picture.paint(doorway, hex("#c9684d")).paint(both(doorway, circle(580, 592, 66)), hex("#ee9c5c"));
  picture.paint(both(doorway, circle(580, 600, 36)), hex("#ffdf9e"));
  picture.paint(palm([70, 640], 400, 34), INK).paint(palm([1150, 650], 330, -26), INK);

  // The street, with the sweeps of a broom.
  const street = below((x) => 590 + Math.sin(x / 260) * 5);
  picture.paint(street, INK);
  for (let line = 0; line < 8; line++) {
    const color = mix(hex("#e59b68"), INK, 0.3 + line * 0.07);
    for (const x of [150, 640] as const) {
      const sweep = stroke(
        [x + line * 17, 664 - line * 3],
        [x + 110 + line * 21, 604 + line * 2],
        [x + 290 + line * 11, 612 + line * 6],
        2.6,
        0.6,
      );
      picture.paint(both(sweep, street), color);
    }
  }
  return picture;
};

/** A sheet with a headline, a picture and lines of text, in colours from the background to the front. */
const drawSheet = (picture: Raster, left: number, top: number, scale: number): void => {
  const part = (x: number, y: number, width: number, height: number, corner: number): Shape =>
    box(left + x * scale, top + y * scale, left + (x + width) * scale, top + (y + height) * scale, corner * scale);
  picture.paint(part(10, 12, 260, 340, 10), INK, 0.35).paint(part(0, 0, 260, 340, 10), hex("#fff3d6"));
  picture.paint(union(part(28, 30, 204, 16, 4), part(28, 56, 128, 16, 4)), hex("#26305a"));
  const frame = part(28, 92, 204, 96, 4);
  picture.paint(frame, hex("#eda26a"));
  picture.paint(both(frame, circle(left + 176 * scale, top + 176 * scale, 42 * scale)), hex("#fde2ab"));
  picture.paint(both(frame, circle(left + 78 * scale, top + 244 * scale, 92 * scale)), hex("#93607f"));
  const lines = [204, 190, 198, 96].map((width, index) => part(28, 212 + index * 26, width, 10, 4));
  picture.paint(union(...lines), hex("#93607f"), 0.55);
};

/** One page, sent out in waves that many readers pick up. */
const drawWaves = (): Raster => {
  const [x, y] = [330, 338];
  const picture = new Raster(1200, 675, SKY[0] ?? INK);
  const radii = [900, 770, 640, 520, 410, 310, 220];
  for (const [index, radius] of radii.entries()) picture.paint(circle(x, y, radius), SKY[index + 1] ?? INK);
  for (const [distance, degrees, radius] of [
    [310, -38, 9],
    [410, 14, 11],
    [520, -20, 12],
    [520, 36, 8],
    [640, 4, 10],
    [640, -30, 8],
    [640, 24, 12],
    [770, -12, 12],
    [770, 16, 8],
    [770, -24, 6],
    [310, 48, 7],
  ] as const) {
    const angle = (degrees * Math.PI) / 180;
    const [dx, dy] = [x + Math.cos(angle) * distance, y + Math.sin(angle) * distance];
    picture.paint(circle(dx, dy, radius * 2.4), hex("#ffc887"), 0.18).paint(circle(dx, dy, radius), hex("#fff3d6"));
  }
  drawSheet(picture, x - 150, y - 194, 1.14);
  return picture;
};

/** A page on a desk at dusk, with a pencil: a line is struck out, and put right in the margin. */
const drawProof = (): Raster => {
  const picture = new Raster(1200, 675, SKY[1] ?? INK);
  const [x, y] = [860, 150];
  const radii = [820, 680, 550, 430, 320];
  for (const [index, radius] of radii.entries()) picture.paint(circle(x, y, radius), SKY[index + 2] ?? INK);
  picture.paint(circle(x, y, 120), hex("#fde0ae"));
  picture.paint(box(0, 520, 1200, 675), INK);
  drawSheet(picture, 300, 60, 2.05);
  const red = hex("#b3392b");
  picture.paint(stroke([340, 560], [450, 554], [560, 559], 8, 8), red);
  picture.paint(stroke([365, 540], [385, 516], [405, 540], 6, 6), red);
  picture.paint(stroke([640, 556], [820, 590], [1000, 634], 30, 30), hex("#f2b872"));
  picture.paint(stroke([1000, 634], [1015, 638], [1035, 643], 30, 30), hex("#b96f76"));
  picture.paint(stroke([640, 556], [614, 552], [578, 548], 28, 5), hex("#d8866c"));
  picture.paint(stroke([592, 549], [585, 548], [576, 547], 7, 4), INK);
  return picture;
};

/** The publication's mark: a piece of type that sends out waves. */
const drawMark = (size: number): Raster => {
  const unit = size / 64;
  const [x, y] = [17 * unit, 47 * unit];
  const quarter = box(x - 6 * unit, 0, size, y + 6 * unit);
  const wave = (radius: number): Shape => both(ring(x - 6 * unit, y + 6 * unit, radius * unit, 7 * unit), quarter);
  return new Raster(size, size, hex("#1b2447"))
    .paint(wave(38), hex("#b96f76"))
    .paint(wave(25), hex("#eda26a"))
    .paint(box(x - 6 * unit, y - 6 * unit, x + 6 * unit, y + 6 * unit, 2 * unit), hex("#fff3d6"));
};

const pictures: Readonly<Record<string, Raster>> = {
  "compound-wall.png": drawCompound(),
  "waves.png": drawWaves(),
  "proof.png": drawProof(),
  "icon.png": drawMark(512),
  "logo.png": drawMark(144),
};

const folder = join(import.meta.dirname, "../content/media");
await mkdir(folder, { recursive: true });
for (const [name, picture] of Object.entries(pictures)) await writeFile(join(folder, name), picture.toPng());
