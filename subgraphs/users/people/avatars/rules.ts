// The renditions of pictures of people, and the one of several that is shown. Pure.
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

/** Ids grow with time. Of two pictures the one that was begun later stays. */
export function isNewer(fileId: string, shownId: string | null): boolean {
  return shownId === null || fileId > shownId;
}
