// The pictures of a fake camera: a QR code, as a file of the format YUV4MPEG2.
import { writeFile } from "node:fs/promises";
import encodeQR from "qr";

const WIDTH = 640;
const HEIGHT = 480;
const MODULE_PIXELS = 7;
const MARGIN_MODULES = 4;
const BLACK = 16;
const WHITE = 235;
const GREY = 128;
const FRAMES = 5;

/** Writes some pictures of the same code. The module counts of a ticket fit in. */
export async function writeCamera(path: string, code: string): Promise<void> {
  const modules = encodeQR(code, "raw", { ecc: "medium", border: MARGIN_MODULES });
  const size = modules.length * MODULE_PIXELS;
  const [left, top] = [Math.floor((WIDTH - size) / 2), Math.floor((HEIGHT - size) / 2)];
  const luma = Buffer.alloc(WIDTH * HEIGHT, WHITE);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const isDark = modules[Math.floor(y / MODULE_PIXELS)]?.[Math.floor(x / MODULE_PIXELS)];
      if (isDark) luma[(top + y) * WIDTH + left + x] = BLACK;
    }
  }
  const chroma = Buffer.alloc((WIDTH * HEIGHT) / 2, GREY);
  const frame = Buffer.concat([Buffer.from("FRAME\n"), luma, chroma]);
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`);
  await writeFile(path, Buffer.concat([head, ...Array.from({ length: FRAMES }, () => frame)]));
}
