import type { gfm } from "micromark-extension-gfm";

// micromark-util-types is no dependency of ours: these are its types, as an extension of ours shows them.

/** An extension of micromark's syntax. */
export type Extension = ReturnType<typeof gfm>;

/** Constructs by the code of the character at which they are tried. */
export type Constructs = NonNullable<Extension["text"]>;

/** What micromark tries at a character. */
export type Construct = Extract<Constructs[string], { tokenize: unknown }>;

/** What a construct knows of the place at which it is tried. */
export type TokenizeContext = ThisParameterType<Construct["tokenize"]>;
