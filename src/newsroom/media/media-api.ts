import { randomUUID } from "node:crypto";
import { type Editor, refuseUnless } from "../../admin/role.ts";
import { readMedia } from "../../content/media/media.ts";
import { bytesResponse, jsonResponse, refuse } from "../../http/api-response.ts";
import { readBody } from "../../http/request-body.ts";
import { sha256 } from "../../lib/sha256.ts";
import { UPLOADED } from "../../store/store.ts";
import { hasFileNames } from "../file-name.ts";
import type { Newsroom } from "../newsroom.ts";
import { MAX_LISTED, nextPage } from "../paging.ts";
import { checkPreconditions } from "../preconditions.ts";

/** Bytes: as many as a static asset may have. */
const MAX_BYTES = 25 * 1024 * 1024;

const NAME = /^(?!.*(?:^|\/)\.)[^\p{Cc}\p{Cs}?#\\]{1,300}$/u;

const missing = (): Response => refuse(404, "There is no such file.");

const changedMeanwhile = (): Response => refuse(409, "Somebody else changed the file meanwhile. Try once more.");

const tagOf = (digest: string): string => `"${digest}"`;

const refuseByTag = (headers: Headers, digest: string | undefined): Response | undefined =>
  checkPreconditions(
    headers,
    digest === undefined ? undefined : { etag: tagOf(digest), isNamedBy: (tag) => tag.endsWith(tagOf(digest)) },
    // Whoever sends the same bytes again changes nothing, so nobody must say which.
    false,
  );

/** PUT /api/media/{name}: takes a file; its type and size are read from its bytes, its name is never asked. */
export const putMedia = async (
  request: Request,
  name: string,
  editor: Editor,
  { bucket, channel, repository, now, onWritten }: Newsroom,
): Promise<Response> => {
  if (bucket === undefined) return refuse(404, "There is no place for media files: bind an R2 bucket as MEDIA.");
  if (!NAME.test(name) || !hasFileNames(name)) {
    const detail = "no ? # \\, no control characters, no part that is empty, begins with a dot or is over 255 bytes";
    return refuse(400, `Choose another name: ${detail}.`);
  }
  const path = `media/${name}`;
  if (channel.media.includes(path)) {
    return refuse(409, "site.yaml names this file, so it is deployed with the site. Choose another name.");
  }
  const bytes = await readBody(request, MAX_BYTES);
  if (bytes === undefined) return refuse(413, `A media file has at most ${MAX_BYTES} bytes (25 MiB).`);
  const file = await readMedia(bytes);
  if (typeof file === "string") return refuse(422, file);
  const former = (await repository.mediaAt(path))?.digest;
  const mayNot = former === undefined ? undefined : refuseUnless("publish", editor, "Replacing a file");
  const refused = mayNot ?? refuseByTag(request.headers, former);
  if (refused !== undefined) return refused;
  const digest = sha256(bytes);
  const answer = { path, ...file };
  const headers = { etag: tagOf(digest) };
  if (former === digest) return jsonResponse(200, answer, headers);
  // Bytes before facts: a story may name the file only once it is there. And before those, that they will come.
  const object = UPLOADED + randomUUID();
  await repository.expectUpload(object, now());
  await bucket.put(object, bytes);
  const event = { editor: editor.name, action: "put media", subject: path, changes: [file.type] };
  const outcome = await repository.putMedia({ path, file, digest, object, former }, now(), event);
  if (outcome.kind === "changed") return changedMeanwhile();
  onWritten();
  return jsonResponse(former === undefined ? 201 : 200, answer, headers);
};

/** DELETE /api/media/{name}: deletes a file that no story uses. */
export const deleteMedia = async (
  request: Request,
  name: string,
  editor: Editor,
  { repository, now, onWritten }: Newsroom,
): Promise<Response> => {
  const mayNot = refuseUnless("publish", editor, "Deleting a file");
  if (mayNot !== undefined) return mayNot;
  const path = `media/${name}`;
  const former = (await repository.mediaAt(path))?.digest;
  if (former === undefined) return missing();
  const failed = refuseByTag(request.headers, former);
  if (failed !== undefined) return failed;
  const event = { editor: editor.name, action: "delete media", subject: path, changes: [] };
  const outcome = await repository.removeMedia(path, former, now(), event);
  if (outcome.kind === "changed") {
    const isSame = (await repository.mediaAt(path))?.digest === former;
    return isSame ? refuse(409, "A story uses this file. Take it out of the story first.") : changedMeanwhile();
  }
  onWritten();
  return jsonResponse(204);
};

/** GET /api/media?after=…: the files, in the order of their paths. */
export const listMedia = async (request: Request, { repository }: Newsroom): Promise<Response> => {
  const files = await repository.mediaAfter(new URL(request.url).searchParams.get("after") ?? "", MAX_LISTED);
  const next = nextPage(files, MAX_LISTED, ({ path }) => `/api/media?after=${encodeURIComponent(path)}`);
  return jsonResponse(200, { media: files, next });
};

/** GET /api/media/{name}: the file's bytes, whether or not a story shows it. */
export const getMedia = async (name: string, { bucket, repository }: Newsroom): Promise<Response> => {
  const file = await repository.mediaAt(`media/${name}`);
  const object = file && (await bucket?.get(file.object));
  if (file === undefined || object === undefined || object === null) return missing();
  return bytesResponse(new Uint8Array(await object.arrayBuffer()), file.type, { etag: tagOf(file.digest) });
};
