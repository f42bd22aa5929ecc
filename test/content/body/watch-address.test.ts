import { describe, expect, it } from "vitest";
import { watchAddress } from "../../../src/content/body/watch-address.ts";

describe("the page of what a frame shows", () => {
  it.each([
    ["https://www.youtube.com/embed/abc123", "https://www.youtube.com/watch?v=abc123"],
    ["//www.youtube.com/embed/abc123?rel=0&start=90", "https://www.youtube.com/watch?v=abc123&t=90s"],
    ["https://www.youtube-nocookie.com/embed/a-b_c", "https://www.youtube.com/watch?v=a-b_c"],
    ["http://youtube.com/v/abc123", "https://www.youtube.com/watch?v=abc123"],
    ["https://www.youtube.com/embed/videoseries?list=PL1", "https://www.youtube.com/playlist?list=PL1"],
    ["https://www.youtube.com/embed/live_stream?channel=UC1", "https://www.youtube.com/channel/UC1/live"],
    ["https://player.vimeo.com/video/123", "https://vimeo.com/123"],
    ["https://player.vimeo.com/video/123?h=ab12&title=0", "https://vimeo.com/123/ab12"],
    ["https://www.dailymotion.com/embed/video/x1", "https://www.dailymotion.com/video/x1"],
    ["https://geo.dailymotion.com/player.html?video=x1", "https://www.dailymotion.com/video/x1"],
    ["https://player.twitch.tv/?video=v12&parent=x", "https://www.twitch.tv/videos/12"],
    ["https://player.twitch.tv/?channel=x", "https://www.twitch.tv/x"],
    ["https://clips.twitch.tv/embed?clip=Abc", "https://clips.twitch.tv/Abc"],
    ["https://open.spotify.com/embed/track/1?utm=x", "https://open.spotify.com/track/1"],
    ["https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b", "https://soundcloud.com/a/b"],
    ["https://embed.podcasts.apple.com/us/podcast/x/id1?i=2", "https://podcasts.apple.com/us/podcast/x/id1?i=2"],
    [
      "https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fx%2F1",
      "https://www.facebook.com/x/1",
    ],
    ["https://www.instagram.com/p/Abc/embed/captioned/", "https://www.instagram.com/p/Abc/"],
    ["https://platform.twitter.com/embed/Tweet.html?id=12", "https://x.com/i/status/12"],
    ["https://embed.ted.com/talks/x", "https://www.ted.com/talks/x"],
    ["https://archive.org/embed/film", "https://archive.org/details/film"],
    ["https://player.bilibili.com/player.html?bvid=BV1", "https://www.bilibili.com/video/BV1"],
    [
      "https://tube.example/videos/embed/9c9de5e8-0a1e-484a-b099-e80766180a6d",
      "https://tube.example/w/9c9de5e8-0a1e-484a-b099-e80766180a6d",
    ],
  ])("%s is %s", (address, page) => {
    expect(watchAddress(address)).toBe(page);
  });

  it.each([
    "https://example.org/embed/abc",
    "https://www.youtube.com/embed/",
    "https://www.youtube.com/embed/%3Cscript%3E",
    "https://w.soundcloud.com/player/?url=javascript:alert(1)",
    "https://evilyoutube.com/embed/abc",
    "/charts/1",
    "media/film.mp4",
  ])("is the frame's own address elsewhere: %s", (address) => {
    expect(watchAddress(address)).toBe(address);
  });
});
