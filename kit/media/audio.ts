// Reads how long audio is. It runs in the process that may die. Nothing is decoded or re-encoded.
import { open } from "node:fs/promises";
import { parseFile } from "music-metadata";
import { bareType } from "#kit/media/kinds";
import { type MediaResult, refused } from "#kit/media/results";
import { readWebm, type WebmFacts } from "#kit/media/webm";

/** Audio alone: a file with a track of video is no audio, whatever its container is called. */
export async function readAudio(
  path: string,
  contentType: string,
  durationMsMax: number,
): Promise<MediaResult> {
  const isWebm = bareType(contentType) === "audio/webm";
  const { seconds, isAudio } = await (isWebm ? factsOfWebm(path) : factsOf(path));
  if (!isAudio) return refused("KIND_MISMATCH");
  const durationMs = Math.round((seconds ?? 0) * 1_000);
  // Also what is not a number.
  if (!(durationMs > 0)) return refused("BROKEN");
  return durationMs > durationMsMax ? refused("TOO_LONG") : { kind: "audio", durationMs };
}

async function factsOf(path: string): Promise<WebmFacts> {
  const { format } = await parseFile(path, { duration: true, skipCovers: true });
  return { seconds: format.duration ?? null, isAudio: format.hasVideo !== true };
}

async function factsOfWebm(path: string): Promise<WebmFacts> {
  const file = await open(path);
  try {
    return await readWebm(file);
  } finally {
    await file.close();
  }
}
