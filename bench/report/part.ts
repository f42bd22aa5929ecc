/** Options of a part. */
export interface PartOptions {
  /** Run so briefly that the numbers mean little, to test that the part works. */
  readonly isQuick: boolean;
  /** The root of another checkout of this project, which some parts measure beside this one. */
  readonly before?: string | undefined;
}

/** A part of the benchmark: measures, and returns its chapter of the report as Markdown. */
export type Part = (options: PartOptions) => Promise<string>;
