// Pictures in tests of screens: one to choose, and what of it is shown.
import type { Page } from "playwright-core";
import sharp from "sharp";
import { expect } from "vitest";
import { SOON } from "./stage.ts";

export const RED = [255, 0, 0];
export const BLUE = [0, 0, 255];

/** Red on the left, blue on the right. */
export const wide = sharp({ create: { width: 300, height: 300, channels: 3, background: "red" } })
  .extend({ right: 300, background: "blue" })
  .png()
  .toBuffer();

export const file = (buffer: Buffer, name = "me.png") => ({ name, mimeType: "image/png", buffer });

/** Waits until a picture is shown in there, and gives its address. */
export async function shownIn(page: Page, within = page.locator("main")): Promise<string> {
  const image = within.locator("img").first();
  await image.waitFor();
  await expect
    .poll(
      () => image.evaluate((node) => (node as unknown as { naturalWidth: number }).naturalWidth),
      SOON,
    )
    .toBeGreaterThan(0);
  return (await image.getAttribute("src")) ?? "";
}

/** The colours of its left and right edges, without what compression adds. */
export async function edgesOf(url: string): Promise<number[][]> {
  const stored = await (await fetch(url)).arrayBuffer();
  const { data, info } = await sharp(stored).raw().toBuffer({ resolveWithObject: true });
  const row = Math.floor(info.height / 2) * info.width;
  return [row + 2, row + info.width - 3].map((at) =>
    [0, 1, 2].map((channel) => ((data[at * info.channels + channel] ?? 0) > 127 ? 255 : 0)),
  );
}
