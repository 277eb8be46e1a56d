// The renditions of pictures of people. Pure.
import type { MediaPurpose } from "#kit/media/results";

/** The purpose of these files. */
export const AVATARS = "avatars";

export const AVATAR_MEDIA: MediaPurpose = {
  kinds: ["image"],
  renditions: [
    { name: "list", width: 128, height: 128, fit: "cover" },
    { name: "screen", width: 512, height: 512, fit: "cover" },
  ],
  durationMsMax: 0,
};
