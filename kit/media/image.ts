// Decodes an image and makes pictures of it. It runs in the process that may die.
import sharp from "sharp";
import {
  type ImageResult,
  type MediaResult,
  type RenditionSize,
  refused,
} from "#kit/media/results";

/** Of the decoded image: a phone takes 50 million. */
const PIXELS_MAX = 64_000_000;
const QUALITY = 80;
const PLACEHOLDER = { name: "placeholder", width: 16, height: 16 };

sharp.cache(false);
sharp.concurrency(1);
// libvips reads much more than we take, SVG and TIFF among it.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["JpegFile", "PngFile", "WebpFile", "WebpBuffer", "NsgifFile", "HeifFile"].map(
    (each) => `VipsForeignLoad${each}`,
  ),
});

/**
 * Of an animated image the first frame. The smallest size comes first. Renditions are upright, in
 * sRGB, and without metadata.
 */
export async function readImage(
  path: string,
  sizes: readonly RenditionSize[],
): Promise<MediaResult> {
  const image = sharp(path, { limitInputPixels: false, failOn: "error", sequentialRead: true });
  const { width, height, autoOrient: upright } = await image.metadata();
  if (width * height > PIXELS_MAX) return refused("TOO_MANY_PIXELS");
  const renditions: ImageResult["renditions"] = [];
  for (const size of sizes) renditions.push(await render(path, within(size, upright), QUALITY));
  const smallest = renditions[0]?.contents ?? path;
  const { contents: placeholder } = await render(smallest, PLACEHOLDER, 30);
  return { kind: "image", ...upright, renditions, placeholder };
}

/** The size of a rendition that is cut, no larger than the image and of the same ratio. */
function within(size: RenditionSize, image: { readonly width: number; readonly height: number }) {
  if (size.fit !== "cover") return size;
  const factor = Math.min(1, image.width / size.width, image.height / size.height);
  const scaled = (side: number) => Math.max(1, Math.round(side * factor));
  return { ...size, width: scaled(size.width), height: scaled(size.height) };
}

async function render(source: string | Uint8Array, size: RenditionSize, quality: number) {
  const { name, width, height, fit = "inside" } = size;
  const options = { limitInputPixels: PIXELS_MAX, failOn: "error", sequentialRead: true } as const;
  const { data, info } = await sharp(source, options)
    .autoOrient()
    .resize({ width, height, fit, withoutEnlargement: true })
    .webp({ quality })
    .toBuffer({ resolveWithObject: true });
  return { name, width: info.width, height: info.height, contents: new Uint8Array(data) };
}
