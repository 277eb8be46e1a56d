// The cover of an event as a use of pictures: how it is sent, read and removed.
import type { ApolloClient } from "@apollo/client";
import { useApolloClient } from "@apollo/client/react";
import { EventCoverDocument, RemoveCoverDocument } from "@meetinity/client/documents";
import { CreateCoverUpload, FinishCoverUpload } from "@meetinity/client/operations";
import type { PictureUse } from "@meetinity/ui/picture/picture.ts";
import { sendPicture } from "@meetinity/ui/picture/sending.ts";
import { useMemo } from "react";
import { client } from "../../shell/client.ts";

export function useCover(eventId: string): PictureUse {
  const apollo = useApolloClient();
  return useMemo(() => coverOf(apollo, eventId), [apollo, eventId]);
}

/** All that shows the event has the new cover once it is read. */
function coverOf(apollo: ApolloClient, eventId: string): PictureUse {
  return {
    aspect: 16 / 9,
    widthMax: 2_560,
    camera: "environment",
    send: (part) =>
      sendPicture(part, {
        async begin(file) {
          const { createCoverUpload } = await client.run(CreateCoverUpload, {
            input: { eventId, file },
          });
          return createCoverUpload;
        },
        async finish(uploadId) {
          const { finishCoverUpload: result } = await client.run(
            FinishCoverUpload,
            { input: { uploadId } },
            { isSafeToRepeat: true },
          );
          return result.__typename === "FinishCoverUploadSuccess" ? null : result;
        },
      }),
    async remove() {
      await apollo.mutate({
        mutation: RemoveCoverDocument,
        variables: { input: { eventId } },
        context: { isSafeToRepeat: true },
      });
    },
    async read() {
      const { data } = await apollo.query({
        query: EventCoverDocument,
        variables: { id: eventId },
        fetchPolicy: "network-only",
      });
      const event = data?.event;
      return event ? { url: event.coverUrl ?? null, upload: event.coverUpload ?? null } : null;
    },
  };
}
