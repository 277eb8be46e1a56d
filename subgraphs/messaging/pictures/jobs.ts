// Shows the picture of a group when a worker has looked at it.
import { systemClock } from "#kit/clock";
import type { FilePurpose } from "#kit/files/jobs";
import { appendEntries, lockStreams } from "#kit/live/streams";
import type { Transaction } from "../database.ts";
import { conversationStream } from "../streams.ts";
import { showPicture } from "./actions.ts";
import { PICTURE_MEDIA, PICTURES } from "./rules.ts";
import { lockPictures } from "./store.ts";

/** By its name. Entries are found by the poll of open streams: workers have no Redis. */
export function picturePurpose(clock = systemClock): Record<string, FilePurpose<Transaction>> {
  return {
    [PICTURES]: {
      media: PICTURE_MEDIA,
      // As others who change the group's picture: the stream, then the files in the order of ids.
      async lock(tx, { subjectId }) {
        if (subjectId === null) return;
        await lockStreams(tx, [conversationStream(subjectId)]);
        await lockPictures(tx, subjectId);
      },
      async settled(tx, file) {
        if (file.state === "READY") await appendEntries(tx, await showPicture(tx, file, clock()));
      },
    },
  };
}
