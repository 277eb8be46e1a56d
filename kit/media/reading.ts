// Looks at one file: whether it is what it is declared to be, and what is in it. It runs in the
// process that may die.
import { open } from "node:fs/promises";
import { fileTypeFromFile } from "file-type";
import { readAudio } from "#kit/media/audio";
import { readImage } from "#kit/media/image";
import { agrees, isPlainText, isText, kindOf } from "#kit/media/kinds";
import type { MediaRequest } from "#kit/media/protocol";
import { type MediaResult, refused } from "#kit/media/results";

/** Of a text that is looked at. */
const TEXT_BYTES = 1_000_000;

export async function readMedia(request: MediaRequest): Promise<MediaResult> {
  const { path, contentType, purpose } = request;
  const kind = kindOf(contentType);
  if (!kind || !purpose.kinds.some((each) => each === kind)) return refused("UNSUPPORTED_KIND");
  const sniffed = (await fileTypeFromFile(path).catch(() => undefined))?.mime ?? null;
  if (!agrees(contentType, sniffed)) return refused("KIND_MISMATCH");
  if (isText(contentType) && !(await holdsText(path))) return refused("KIND_MISMATCH");
  try {
    if (kind === "image") return await readImage(path, purpose.renditions);
    if (kind === "audio") return await readAudio(path, contentType, purpose.durationMsMax);
    return { kind: "document" };
  } catch {
    return refused("BROKEN");
  }
}

async function holdsText(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const start = Buffer.alloc(TEXT_BYTES);
    const { bytesRead } = await file.read(start, 0, TEXT_BYTES, 0);
    return isPlainText(start.subarray(0, bytesRead), bytesRead < TEXT_BYTES);
  } finally {
    await file.close();
  }
}
