import { readMedia } from "../content/read-media.ts";
import { uploadedAt } from "../store/store.ts";
import { json, raw, refuse } from "./answer.ts";
import { readBytes } from "./body.ts";
import { sha256 } from "./digest.ts";
import { discardFiles, keepFile } from "./media-bucket.ts";
import type { Newsroom } from "./newsroom.ts";
import { MOST_LISTED, nextPage } from "./paging.ts";
import { type Editor, refuseUnless } from "./role.ts";

/** Bytes: as many as a static asset may have. */
const MOST_BYTES = 25 * 1024 * 1024;

const NAME = /^(?!.*(?:^|\/)\.)[^\p{Cc}\p{Cs}?#\\]{1,300}$/u;

const missing = (): Response => refuse(404, "There is no such file.");

/** PUT /api/media/{name}: takes a file; its type and size are read from its bytes, its name is never asked. */
export const putMedia = async (
  request: Request,
  name: string,
  editor: Editor,
  { bucket, channel, desk, now, onWritten }: Newsroom,
): Promise<Response> => {
  if (bucket === undefined) return refuse(404, "There is no place for media files: bind an R2 bucket as MEDIA.");
  if (!NAME.test(name) || name.split("/").includes("")) {
    return refuse(
      400,
      "Choose another name: no ? # \\, no control characters, no part that is empty or begins with a dot.",
    );
  }
  const path = `media/${name}`;
  if (channel.media.includes(path)) {
    return refuse(409, "site.yaml names this file, so it is deployed with the site. Choose another name.");
  }
  const bytes = await readBytes(request, MOST_BYTES);
  if (bytes === undefined) return refuse(413, `A media file has at most ${MOST_BYTES} bytes (25 MiB).`);
  const file = await readMedia(bytes);
  if (typeof file === "string") return refuse(422, file);
  const former = await desk.digestOf(path);
  const mayNot = former === undefined ? undefined : refuseUnless("publish", editor, "Replacing a file");
  if (mayNot !== undefined) return mayNot;
  const digest = sha256(bytes);
  const deed = { editor: editor.name, action: "put media", subject: path, changes: [file.type] };
  const outcome = await keepFile(bucket, digest, bytes, () => desk.putMedia(path, file, digest, now(), deed));
  onWritten();
  await discardFiles(bucket, desk, outcome);
  return json(former === undefined ? 201 : 200, { path, ...file });
};

/** DELETE /api/media/{name}: deletes a file that no story uses. */
export const deleteMedia = async (name: string, editor: Editor, { bucket, desk, now }: Newsroom): Promise<Response> => {
  const mayNot = refuseUnless("publish", editor, "Deleting a file");
  if (mayNot !== undefined) return mayNot;
  const path = `media/${name}`;
  if ((await desk.digestOf(path)) === undefined) return missing();
  const deed = { editor: editor.name, action: "delete media", subject: path, changes: [] };
  const outcome = await desk.removeMedia(path, now(), deed);
  if (outcome.kind === "changed") return refuse(409, "A story uses this file. Take it out of the story first.");
  await discardFiles(bucket, desk, outcome);
  return json(204);
};

/** GET /api/media?after=…: the files, in the order of their paths. */
export const listMedia = async (request: Request, { desk }: Newsroom): Promise<Response> => {
  const files = await desk.mediaAfter(new URL(request.url).searchParams.get("after") ?? "", MOST_LISTED);
  const next = nextPage(files, MOST_LISTED, ({ path }) => `/api/media?after=${encodeURIComponent(path)}`);
  return json(200, { media: files, next });
};

/** GET /api/media/{name}: the file's bytes, whether or not a story shows it. */
export const getMedia = async (name: string, { bucket, desk }: Newsroom): Promise<Response> => {
  const path = `media/${name}`;
  const file = (await desk.mediaOf([path]))[path];
  const digest = await desk.digestOf(path);
  const object = digest === undefined ? undefined : await bucket?.get(uploadedAt(digest));
  if (file === undefined || object === undefined || object === null) return missing();
  return raw(new Uint8Array(await object.arrayBuffer()), file.type, { etag: `"${digest}"` });
};
