/** The page on which people see what a frame of a known host shows, made of the frame's address alone. */
type Rewrite = (url: URL, parts: readonly string[]) => string | undefined;

/** The address of a YouTube film, list or channel from that of its player. */
const youtube: Rewrite = ({ searchParams }, [folder = "", id = ""]) => {
  const list = searchParams.get("list");
  const channel = searchParams.get("channel");
  if (!["embed", "v", "shorts", "live"].includes(folder)) return undefined;
  if (id === "live_stream" && channel !== null) return `https://www.youtube.com/channel/${channel}/live`;
  if ((id === "videoseries" || id === "") && list !== null) return `https://www.youtube.com/playlist?list=${list}`;
  if (!/^[\w-]+$/.test(id)) return undefined;
  const start = Number.parseInt(searchParams.get("start") ?? searchParams.get("t") ?? "", 10);
  return `https://www.youtube.com/watch?v=${id}${start > 0 ? `&t=${start}s` : ""}`;
};

const vimeo: Rewrite = ({ searchParams }, [folder, id = ""]) => {
  if (folder !== "video" || !/^\d+$/.test(id)) return undefined;
  const secret = searchParams.get("h");
  return `https://vimeo.com/${id}${secret !== null && /^\w+$/.test(secret) ? `/${secret}` : ""}`;
};

const twitch: Rewrite = ({ searchParams }) => {
  const [channel, video] = [searchParams.get("channel"), searchParams.get("video")];
  if (video !== null) return `https://www.twitch.tv/videos/${video.replace(/^v/, "")}`;
  return channel === null ? undefined : `https://www.twitch.tv/${channel}`;
};

/** The page is named in a parameter of the player's address. */
const inParameter =
  (name: string): Rewrite =>
  ({ searchParams }) => {
    const value = searchParams.get(name);
    return value !== null && /^https?:\/\//i.test(value) ? value : undefined;
  };

/** The page has the path of the player without its first segment. */
const withoutFolder =
  (folder: string, origin: string): Rewrite =>
  ({ search }, parts) =>
    parts[0] === folder && parts.length > 1 ? `${origin}/${parts.slice(1).join("/")}${search}` : undefined;

const REWRITES: readonly (readonly [host: RegExp, rewrite: Rewrite])[] = [
  [/^(?:(?:www|m|music)\.)?youtube(?:-nocookie|education)?\.com$/, youtube],
  [/^player\.vimeo\.com$/, vimeo],
  [/^(?:www\.)?dailymotion\.com$/, withoutFolder("embed", "https://www.dailymotion.com")],
  [
    /^geo\.dailymotion\.com$/,
    ({ searchParams }) =>
      searchParams.has("video") ? `https://www.dailymotion.com/video/${searchParams.get("video")}` : undefined,
  ],
  [/^player\.twitch\.tv$/, twitch],
  [
    /^clips\.twitch\.tv$/,
    ({ searchParams }) =>
      searchParams.has("clip") ? `https://clips.twitch.tv/${searchParams.get("clip")}` : undefined,
  ],
  [/^w\.soundcloud\.com$/, inParameter("url")],
  [/^(?:www\.)?facebook\.com$/, inParameter("href")],
  [
    /^open\.spotify\.com$/,
    ({ pathname }, [folder]) =>
      folder === "embed" || folder === "embed-podcast"
        ? `https://open.spotify.com/${pathname.split("/").slice(2).join("/")}`
        : undefined,
  ],
  [/^embed\.podcasts\.apple\.com$/, ({ pathname, search }) => `https://podcasts.apple.com${pathname}${search}`],
  [/^embed\.music\.apple\.com$/, ({ pathname, search }) => `https://music.apple.com${pathname}${search}`],
  [/^embed\.ted\.com$/, ({ pathname }) => `https://www.ted.com${pathname}`],
  [
    /^(?:www\.)?archive\.org$/,
    (_, [folder, id]) => (folder === "embed" && id ? `https://archive.org/details/${id}` : undefined),
  ],
  [
    /^platform\.twitter\.com$/,
    ({ searchParams }) => (searchParams.has("id") ? `https://x.com/i/status/${searchParams.get("id")}` : undefined),
  ],
  [
    /^(?:www\.)?instagram\.com$/,
    ({ pathname }) => {
      const page = pathname.replace(/embed(?:\/captioned)?\/?$/, "");
      return page === pathname ? undefined : `https://www.instagram.com${page}`;
    },
  ],
  [
    /^player\.bilibili\.com$/,
    ({ searchParams }) =>
      searchParams.has("bvid") ? `https://www.bilibili.com/video/${searchParams.get("bvid")}` : undefined,
  ],
  [
    /^(?:www\.)?rutube\.ru$/,
    (_, [folder, , id]) => (folder === "play" && id ? `https://rutube.ru/video/${id}/` : undefined),
  ],
  [
    /^(?:www\.)?loom\.com$/,
    (_, [folder, id]) => (folder === "embed" && id ? `https://www.loom.com/share/${id}` : undefined),
  ],
  [/^streamable\.com$/, (_, [folder, id]) => (folder === "e" && id ? `https://streamable.com/${id}` : undefined)],
];

/** PeerTube runs on many hosts; its players' paths are its own. */
const PEERTUBE = /^\/videos\/embed\/([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\dA-Za-z]{22})$/;

/**
 * The address of the page on which people see what a frame shows: of known hosts' players that of the film itself, otherwise
 * `address` as it is. Nothing is asked of the host.
 */
export const watchAddress = (address: string): string => {
  const absolute = address.trim().replace(/^\/\//, "https://");
  if (!URL.canParse(absolute)) return address;
  const url = new URL(absolute);
  if (url.protocol !== "https:" && url.protocol !== "http:") return address;
  const parts = url.pathname.split("/").filter((part) => part !== "");
  const rewrite = REWRITES.find(([host]) => host.test(url.hostname))?.[1];
  const peertube = PEERTUBE.exec(url.pathname)?.[1];
  if (rewrite === undefined && peertube !== undefined) return `${url.origin}/w/${peertube}`;
  const page = rewrite?.(url, parts);
  return page !== undefined && URL.canParse(page) ? new URL(page).href : absolute;
};
