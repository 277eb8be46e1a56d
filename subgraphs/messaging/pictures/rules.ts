// The renditions of pictures of groups. Pure.
import type { MediaPurpose } from "#kit/media/results";

/** The purpose of these files. */
export const PICTURES = "pictures";

export const PICTURE_MEDIA: MediaPurpose = {
  kinds: ["image"],
  renditions: [
    { name: "list", width: 128, height: 128, fit: "cover" },
    { name: "screen", width: 512, height: 512, fit: "cover" },
  ],
  durationMsMax: 0,
};
