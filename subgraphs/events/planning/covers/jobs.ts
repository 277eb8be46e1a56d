// Shows the cover of an event when a worker has looked at it.
import { systemClock } from "#kit/clock";
import type { FilePurpose } from "#kit/files/jobs";
import { lockStreams } from "#kit/live/streams";
import type { Transaction } from "../../database.ts";
import { eventStream } from "../../streams.ts";
import { showCover } from "./actions.ts";
import { COVER_MEDIA, COVERS } from "./rules.ts";
import { lockCovers } from "./store.ts";

/** By its name. A refused cover changes nothing; those who edit the event read why. */
export function coverPurpose(clock = systemClock): Record<string, FilePurpose<Transaction>> {
  return {
    [COVERS]: {
      media: COVER_MEDIA,
      // As others who change the event's cover: the stream, then the files in the order of ids.
      async lock(tx, { subjectId }) {
        if (subjectId === null) return;
        await lockStreams(tx, [eventStream(subjectId)]);
        await lockCovers(tx, subjectId);
      },
      async settled(tx, file) {
        if (file.state === "READY") await showCover(tx, file, clock());
      },
    },
  };
}
