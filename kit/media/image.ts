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
  const { width, height } = await image.metadata();
  if (width * height > PIXELS_MAX) return refused("TOO_MANY_PIXELS");
  const renditions: ImageResult["renditions"] = [];
  for (const size of sizes) renditions.push(await render(path, size, QUALITY));
  const upright = await sharp(path).autoOrient().metadata();
  const smallest = renditions[0]?.contents ?? path;
  const { contents: placeholder } = await render(smallest, PLACEHOLDER, 30);
  return { kind: "image", ...upright.autoOrient, renditions, placeholder };
}

async function render(source: string | Uint8Array, size: RenditionSize, quality: number) {
  const { name, width, height, fit = "inside" } = size;
  const { data, info } = await sharp(source, {
    limitInputPixels: PIXELS_MAX,
    failOn: "error",
    sequentialRead: true,
  })
    .autoOrient()
    .resize({ width, height, fit, withoutEnlargement: true })
    .webp({ quality })
    .toBuffer({ resolveWithObject: true });
  return { name, width: info.width, height: info.height, contents: new Uint8Array(data) };
}
