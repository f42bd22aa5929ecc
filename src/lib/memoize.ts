const MAX_ENTRIES = 64;
const MAX_KEY_LENGTH = 256;

/** A function of a header that remembers its answers: the headers that clients really send are few. */
export const memoize = <Answer>(decide: (header: string | null) => Answer): ((header: string | null) => Answer) => {
  const known = new Map<string | null, { readonly answer: Answer }>();
  return (header) => {
    const hit = known.get(header);
    if (hit !== undefined) return hit.answer;
    const answer = decide(header);
    if ((header ?? "").length > MAX_KEY_LENGTH) return answer;
    if (known.size >= MAX_ENTRIES) known.clear();
    known.set(header, { answer });
    return answer;
  };
};
