import { createHash } from "node:crypto";
import { readMedia } from "../content/read-media.ts";
import { json, raw, refuse } from "./answer.ts";
import { readBytes } from "./body.ts";
import { type Editor, may } from "./editor.ts";
import type { Newsroom } from "./newsroom.ts";

/** Bytes: as many as a static asset may have. */
const MOST_BYTES = 25 * 1024 * 1024;

const NAME = /^(?!.*(?:^|\/)\.)[^\p{Cc}\p{Cs}?#\\]{1,300}$/u;

/** PUT /api/media/{name}: takes a file; its type and size are read from its bytes, its name is never asked. */
export const putMedia = async (
  request: Request,
  name: string,
  editor: Editor,
  { bucket, channel, desk, store, now, onWritten }: Newsroom,
): Promise<Response> => {
  if (bucket === undefined) return refuse(404, "There is no place for media files: bind an R2 bucket as MEDIA.");
  if (!NAME.test(name) || name.split("/").includes("")) {
    return refuse(
      400,
      "Choose another name: no ? # \\, no control characters, no part that is empty or begins with a dot.",
    );
  }
  if (channel.media.includes(`media/${name}`)) {
    return refuse(409, "site.yaml names this file, so it is deployed with the site. Choose another name.");
  }
  const bytes = await readBytes(request, MOST_BYTES);
  if (bytes === undefined) return refuse(413, `A media file has at most ${MOST_BYTES} bytes (25 MiB).`);
  const file = await readMedia(bytes);
  if (typeof file === "string") return refuse(422, file);
  const path = `media/${name}`;
  const known = (await desk.mediaOf([path]))[path];
  if (known !== undefined && !may(editor, "publish")) {
    return refuse(
      403,
      `Replacing a file takes the role \`publish\`; yours is \`${editor.role}\`. Choose another name.`,
    );
  }
  // Bytes before facts: a story may name the file only once it is there.
  await bucket.put(path, bytes, { httpMetadata: { contentType: file.type } });
  const digest = createHash("sha256").update(bytes).digest("hex");
  await desk.putMedia(path, file, digest, now(), {
    editor: editor.name,
    action: "put media",
    subject: path,
    changes: [file.type],
  });
  store.forgetMoment();
  onWritten();
  return json(known === undefined ? 201 : 200, { path, ...file });
};

const MOST_LISTED = 100;

/** GET /api/media?after=…: the files, in the order of their paths. */
export const listMedia = async (request: Request, { desk }: Newsroom): Promise<Response> => {
  const files = await desk.mediaAfter(new URL(request.url).searchParams.get("after") ?? "", MOST_LISTED);
  const last = files.at(-1)?.path;
  const next = last === undefined || files.length < MOST_LISTED ? null : `/api/media?after=${encodeURIComponent(last)}`;
  return json(200, { media: files, next });
};

/** GET /api/media/{name}: the file's bytes, whether or not a story shows it. */
export const getMedia = async (name: string, { bucket }: Newsroom): Promise<Response> => {
  const object = await bucket?.get(`media/${name}`);
  if (object === undefined || object === null) return refuse(404, "There is no such file.");
  const bytes = new Uint8Array(await object.arrayBuffer());
  return raw(bytes, object.httpMetadata?.contentType ?? "application/octet-stream", { etag: object.httpEtag });
};
