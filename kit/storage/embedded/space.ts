// The room on the disk of the embedded store. It stops taking files before the disk is full, since
// other programs of the machine need some too.
import { statfs } from "node:fs/promises";
import { Refusal } from "#kit/storage/embedded/refusals";

/** Throws a `Refusal` unless `bytes` more leave at least `freeBytesMin`. */
export async function requireSpace(
  path: string,
  bytes: number,
  freeBytesMin: number,
): Promise<void> {
  const { bavail, bsize } = await statfs(path);
  if (bavail * bsize - bytes >= freeBytesMin) return;
  throw new Refusal("InsufficientStorage", "There is not enough room on the disk.");
}
