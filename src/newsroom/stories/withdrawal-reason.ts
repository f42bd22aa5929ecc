import { safeParse } from "valibot";
import { findIllegalCharacters } from "../../content/illegal-characters.ts";
import { containsPlaceholderOrigin, PLACEHOLDER_ORIGIN_RESERVED } from "../../content/references/placeholder-origin.ts";
import { text } from "../../content/schema/values.ts";
import { refuse } from "../../http/api-response.ts";
import { readBody } from "../../http/request-body.ts";

/** Characters: it stands in feeds. */
const MAX_CHARACTERS = 1000;

const MAX_BYTES = 4096;

/** Reads why a story is withdrawn, from the query or the body: what the key `withdrawn` takes, or the refusal. */
export const readReason = async (request: Request): Promise<string | Response> => {
  const inQuery = new URL(request.url).searchParams.get("reason");
  const body = inQuery === null ? await readBody(request, MAX_BYTES) : undefined;
  if (inQuery === null && body === undefined) return refuse(413, "The reason is too long. Say it in a sentence.");
  const given = inQuery ?? new TextDecoder().decode(body);
  const { success, output } = safeParse(text, given);
  if (!success) return refuse(400, "Say why, in a sentence for readers: `?reason=…`, or as the body.");
  if (output.length > MAX_CHARACTERS) return refuse(400, `The reason has more than ${MAX_CHARACTERS} characters.`);
  const [illegal] = findIllegalCharacters(output);
  if (illegal !== undefined) return refuse(400, `${illegal.name} can't stand in a feed. Take it out of the reason.`);
  return containsPlaceholderOrigin(output) ? refuse(400, PLACEHOLDER_ORIGIN_RESERVED) : output;
};
