import { expectTypeOf, test } from "vitest";
import * as http from "../../src/exports/http.ts";

test("these functions are there, with these arguments and results", () => {
  expectTypeOf(http.evaluatePreconditions).toEqualTypeOf<
    (
      headers: Headers,
      validators: { readonly etag: string; readonly lastModified?: number },
      ifNoneMatch?: string | null,
    ) => "proceed" | "not-modified" | "precondition-failed"
  >();
  expectTypeOf(http.parseEntityTags).toEqualTypeOf<(list: string) => readonly string[]>();
  expectTypeOf(http.matchesWeakly).toEqualTypeOf<(list: string, tag: string) => boolean>();
  expectTypeOf(http.matchesStrongly).toEqualTypeOf<(list: string, tag: string) => boolean>();
  expectTypeOf(http.parseHttpDate).toEqualTypeOf<(text: string) => number | undefined>();
  expectTypeOf(http.formatHttpDate).toEqualTypeOf<(time: number) => string>();
  expectTypeOf(http.chooseCoding).toEqualTypeOf<(header: string | null) => "br" | "gzip" | "identity" | undefined>();
  expectTypeOf(http.createNegotiator<string>).toEqualTypeOf<
    (
      offers: readonly string[],
      typesOf: (offer: string) => readonly string[],
    ) => (accept: string | null) => string | undefined
  >();
  expectTypeOf(http.acceptsFeedDelta).toEqualTypeOf<(header: string | null) => boolean>();
  expectTypeOf(http.deltaHeaders).toEqualTypeOf<(base: string) => Readonly<Record<string, string>>>();
});

test("a range is one of bytes, the whole or none", () => {
  expectTypeOf<http.ByteRange>().toEqualTypeOf<{ readonly first: number; readonly last: number }>();
  expectTypeOf(http.selectRange).toEqualTypeOf<
    (headers: Headers, etag: string, length: number) => http.ByteRange | "whole" | "unsatisfiable"
  >();
  expectTypeOf(http.contentRange).toEqualTypeOf<(range: http.ByteRange, length: number) => string>();
  expectTypeOf(http.unsatisfiedContentRange).toEqualTypeOf<(length: number) => string>();
  expectTypeOf(http.sliceStream).returns.toEqualTypeOf<ReadableStream<Uint8Array>>();
});

test("a problem has a status, its phrase, and what to do", () => {
  expectTypeOf<http.Problem>().toEqualTypeOf<{
    readonly status: http.ProblemStatus;
    readonly title: string;
    readonly detail?: string;
    readonly errors?: readonly object[];
  }>();
  expectTypeOf<404 | 429 | 503>().toExtend<http.ProblemStatus>();
  expectTypeOf<200>().not.toExtend<http.ProblemStatus>();
  expectTypeOf(http.createProblem).toEqualTypeOf<
    (status: http.ProblemStatus, detail: string, errors?: readonly object[]) => http.Problem
  >();
  expectTypeOf(http.problemResponse).returns.toEqualTypeOf<Response>();
});
