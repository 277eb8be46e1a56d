// The renditions of covers. Pure.
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
