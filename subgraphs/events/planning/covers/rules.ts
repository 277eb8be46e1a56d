// The renditions of covers, and the one of several that is shown. Pure.
import type { MediaPurpose } from "#kit/media/results";

/** The purpose of these files. */
export const COVERS = "covers";

export const COVER_MEDIA: MediaPurpose = {
  kinds: ["image"],
  renditions: [
    { name: "list", width: 640, height: 360, fit: "cover" },
    { name: "screen", width: 1280, height: 720, fit: "cover" },
  ],
  durationMsMax: 0,
};

/** Ids grow with time. Of two covers the one that was begun later stays. */
export function isNewer(fileId: string, shownId: string | null): boolean {
  return shownId === null || fileId > shownId;
}
