import { randomUUID } from "node:crypto";
import { MAX_LISTED, nextPage } from "../../admin/paging.ts";
import { type Editor, refuseUnless } from "../../admin/role.ts";
import { readMedia } from "../../content/media/media.ts";
import { bytesResponse, jsonResponse, refuse } from "../../http/api-response.ts";
import { readBody } from "../../http/request-body.ts";
import { sha256 } from "../../lib/sha256.ts";
import { UPLOADED_PREFIX } from "../../store/store.ts";
import { hasValidFileNames } from "../file-names.ts";
import type { Newsroom } from "../newsroom.ts";
import { checkPreconditions } from "../preconditions.ts";

/** As many as Cloudflare allows a static asset. */
const MAX_BYTES = 25 * 1024 * 1024;

/** No control characters or surrogates, no ? # \, no part that begins with a dot. */
const NAME_PATTERN = /^(?!.*(?:^|\/)\.)[^\p{Cc}\p{Cs}?#\\]{1,300}$/u;

const notFound = (): Response => refuse(404, "There is no such file.");

const conflict = (): Response => refuse(409, "Somebody else changed the file meanwhile. Try once more.");

const etagOf = (digest: string): string => `"${digest}"`;

const checkMediaPreconditions = (headers: Headers, digest: string | undefined): Response | undefined =>
  checkPreconditions(
    headers,
    digest === undefined ? undefined : { etag: etagOf(digest), hasTag: (tag) => tag.endsWith(etagOf(digest)) },
    // If-Match is never required: sending the same bytes again changes nothing.
    false,
  );

/**
 * PUT /api/media/{name}: stores a file. Its type and dimensions are read from its bytes, whatever its name or
 * Content-Type says. Refuses (422) what is not for readers.
 */
export const putMedia = async (
  request: Request,
  name: string,
  editor: Editor,
  { bucket, channel, repository, now }: Newsroom,
): Promise<Response> => {
  if (bucket === undefined) return refuse(404, "There is no place for media files: bind an R2 bucket as MEDIA.");
  if (!NAME_PATTERN.test(name) || !hasValidFileNames(name)) {
    const detail = "no ? # \\, no control characters, no part that is empty, begins with a dot or is over 255 bytes";
    return refuse(400, `Choose another name: ${detail}.`);
  }
  const path = `media/${name}`;
  if (channel.media.includes(path)) {
    return refuse(409, "site.yaml names this file, so it is deployed with the site. Choose another name.");
  }
  const bytes = await readBody(request, MAX_BYTES);
  if (bytes === undefined) return refuse(413, `A media file has at most ${MAX_BYTES} bytes (25 MiB).`);
  const file = await readMedia(path, bytes);
  if (typeof file === "string") return refuse(422, file);
  const formerDigest = (await repository.findMedia(path))?.digest;
  const forbidden = formerDigest === undefined ? undefined : refuseUnless("publish", editor, "Replacing a file");
  const refused = forbidden ?? checkMediaPreconditions(request.headers, formerDigest);
  if (refused !== undefined) return refused;
  const digest = sha256(bytes);
  const body = { path, ...file };
  const headers = { etag: etagOf(digest) };
  if (formerDigest === digest) return jsonResponse(200, body, headers);
  // The bytes are stored before the row, since a story may name the file as soon as the row exists. And the upload is
  // registered before the bytes are stored, so that they are deleted if the row never follows.
  const object = UPLOADED_PREFIX + randomUUID();
  await repository.registerUpload(object, now());
  await bucket.put(object, bytes);
  const event = { editor, action: "put media", subject: path, changes: [file.type] };
  const { kind } = await repository.putMedia({ path, file, digest, object, formerDigest }, now(), event);
  if (kind === "conflict") return conflict();
  return jsonResponse(formerDigest === undefined ? 201 : 200, body, headers);
};

/** DELETE /api/media/{name}: deletes a file that no story uses. */
export const deleteMedia = async (
  request: Request,
  name: string,
  editor: Editor,
  { repository, now }: Newsroom,
): Promise<Response> => {
  const forbidden = refuseUnless("publish", editor, "Deleting a file");
  if (forbidden !== undefined) return forbidden;
  const path = `media/${name}`;
  const digest = (await repository.findMedia(path))?.digest;
  if (digest === undefined) return notFound();
  const failed = checkMediaPreconditions(request.headers, digest);
  if (failed !== undefined) return failed;
  const event = { editor, action: "delete media", subject: path, changes: [] };
  const { kind } = await repository.deleteMedia(path, digest, now(), event);
  if (kind === "conflict") {
    const isSame = (await repository.findMedia(path))?.digest === digest;
    return isSame ? refuse(409, "A story uses this file. Take it out of the story first.") : conflict();
  }
  return jsonResponse(204);
};

/** GET /api/media?after=…: the files, ascending by path. */
export const listMedia = async (request: Request, { repository, channel }: Newsroom): Promise<Response> => {
  const files = await repository.listMedia(new URL(request.url).searchParams.get("after") ?? "", MAX_LISTED);
  const next = nextPage(channel, files, MAX_LISTED, ({ path }) => `/api/media?after=${encodeURIComponent(path)}`);
  return jsonResponse(200, { media: files, next });
};

/** GET /api/media/{name}: the bytes of a file, whether or not a story uses it. */
export const getMedia = async (name: string, { bucket, repository }: Newsroom): Promise<Response> => {
  const file = await repository.findMedia(`media/${name}`);
  const bytes = file && (await bucket?.read(file.object));
  if (file === undefined || bytes === undefined) return notFound();
  return bytesResponse(bytes, file.type, { etag: etagOf(file.digest) });
};
