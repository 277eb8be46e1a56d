// Shows a picture of a person when a worker has looked at it.
import { systemClock } from "#kit/clock";
import type { FilePurpose } from "#kit/files/jobs";
import type { Transaction } from "../../database.ts";
import { showAvatar } from "./actions.ts";
import { AVATAR_MEDIA, AVATARS } from "./rules.ts";

/** By its name. A refused picture changes nothing; its person reads why. */
export function avatarPurpose(clock = systemClock): Record<string, FilePurpose<Transaction>> {
  return {
    [AVATARS]: {
      media: AVATAR_MEDIA,
      async settled(tx, file) {
        if (file.state === "READY") await showAvatar(tx, file, clock());
      },
    },
  };
}
