import { crc32, deflateSync } from "node:zlib";

/** Red, green and blue from 0 to 255. */
export type Color = readonly [number, number, number];

/** A place in pixels, from the top left corner. */
export type Point = readonly [number, number];

/** Pixels from the edge of a shape to a place; negative inside. Edges are smooth because it is no yes or no. */
export type Shape = (x: number, y: number) => number;

/** `#1b2a4a` as a Color. */
export const hex = (code: string): Color => {
  const value = Number.parseInt(code.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
};

/** A colour between two others. */
export const mix = (a: Color, b: Color, share: number): Color => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];

export const circle =
  (cx: number, cy: number, radius: number): Shape =>
  (x, y) =>
    Math.sqrt((x - cx) ** 2 + (y - cy) ** 2) - radius;

/** A line of a circle. */
export const ring =
  (cx: number, cy: number, radius: number, width: number): Shape =>
  (x, y) =>
    Math.abs(Math.sqrt((x - cx) ** 2 + (y - cy) ** 2) - radius) - width / 2;

export const box =
  (left: number, top: number, right: number, bottom: number, corner = 0): Shape =>
  (x, y) => {
    const dx = Math.abs(x - (left + right) / 2) - (right - left) / 2 + corner;
    const dy = Math.abs(y - (top + bottom) / 2) - (bottom - top) / 2 + corner;
    return Math.sqrt(Math.max(dx, 0) ** 2 + Math.max(dy, 0) ** 2) + Math.min(Math.max(dx, dy), 0) - corner;
  };

/** Everything below a line that goes up and down gently. */
export const below =
  (line: (x: number) => number): Shape =>
  (x, y) =>
    line(x) - y;

export const union =
  (...shapes: readonly Shape[]): Shape =>
  (x, y) =>
    shapes.reduce((least, shape) => Math.min(least, shape(x, y)), Number.POSITIVE_INFINITY);

export const both =
  (...shapes: readonly Shape[]): Shape =>
  (x, y) =>
    shapes.reduce((most, shape) => Math.max(most, shape(x, y)), Number.NEGATIVE_INFINITY);

/** A union whose inner corners are filled, as drops that run together. */
export const melt =
  (softness: number, ...shapes: readonly Shape[]): Shape =>
  (x, y) =>
    shapes
      .map((shape) => shape(x, y))
      .reduce((a, b) => {
        const near = Math.max(softness - Math.abs(a - b), 0) / softness;
        return Math.min(a, b) - (near * near * softness) / 4;
      });

/** A curve through `bend` on its way, thick at its beginning and thin at its end. */
export const stroke = (from: Point, bend: Point, to: Point, thick: number, thin = thick): Shape => {
  const steps = 24;
  const beads = Array.from({ length: steps + 1 }, (_, step) => {
    const t = step / steps;
    const at = (axis: 0 | 1) => (1 - t) ** 2 * from[axis] + 2 * t * (1 - t) * bend[axis] + t ** 2 * to[axis];
    return { x: at(0), y: at(1), radius: (thick + (thin - thick) * t) / 2 };
  });
  return (x, y) => {
    let least = Number.POSITIVE_INFINITY;
    for (const [index, end] of beads.entries()) {
      const start = beads[index - 1];
      if (start === undefined) continue;
      const dx = end.x - start.x;
      const dy = end.y - start.y;
      const along = ((x - start.x) * dx + (y - start.y) * dy) / (dx * dx + dy * dy || 1);
      const t = Math.min(Math.max(along, 0), 1);
      const distance = Math.sqrt((x - start.x - t * dx) ** 2 + (y - start.y - t * dy) ** 2);
      least = Math.min(least, distance - start.radius - (end.radius - start.radius) * t);
    }
    return least;
  };
};

/** A picture to be painted on, shape over shape. Opaque: it begins all in one colour. */
export class Raster {
  readonly width: number;
  readonly height: number;
  readonly #values: Float64Array;

  constructor(width: number, height: number, ground: Color) {
    this.width = width;
    this.height = height;
    this.#values = Float64Array.from({ length: width * height * 3 }, (_, index) => ground[index % 3] ?? 0);
  }

  /** Fills a shape. Places far from its edge are skipped: a shape says how far it is. */
  paint(shape: Shape, color: Color, opacity = 1): this {
    for (let y = 0; y < this.height; y++) {
      for (let x = 0; x < this.width; x++) {
        const distance = shape(x + 0.5, y + 0.5);
        if (distance >= 0.5) {
          x += Math.floor(distance * 0.8);
          continue;
        }
        const cover = Math.min(0.5 - distance, 1) * opacity;
        const at = (y * this.width + x) * 3;
        for (let channel = 0; channel < 3; channel++) {
          const old = this.#values[at + channel] ?? 0;
          this.#values[at + channel] = old + ((color[channel] ?? 0) - old) * cover;
        }
      }
    }
    return this;
  }

  /** The picture as a PNG file with eight bits for each of red, green and blue. */
  toPng(): Buffer {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(this.width, 0);
    header.writeUInt32BE(this.height, 4);
    header.set([8, 2, 0, 0, 0], 8);
    const row = this.width * 3;
    const pixels = Uint8Array.from(this.#values, Math.round);
    const rows = Buffer.alloc((row + 1) * this.height);
    for (let y = 0; y < this.height; y++) {
      // Filter 2, Up: each byte less the one above it, which is 0 wherever the colour stays.
      rows[y * (row + 1)] = 2;
      for (let x = 0; x < row; x++) {
        const above = y === 0 ? 0 : (pixels[(y - 1) * row + x] ?? 0);
        rows[y * (row + 1) + 1 + x] = (pixels[y * row + x] ?? 0) - above;
      }
    }
    const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    const data = deflateSync(rows, { level: 9, memLevel: 9 });
    return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
  }
}

const chunk = (type: string, data: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
};
