// Deletes a message for the viewer alone, after a question. The conversation drops it once the
// viewer's own log tells it, on this device as on the others.
import type { Message } from "@meetinity/client";
import { DeleteMessageForMe } from "@meetinity/client/operations";
import { useState } from "react";
import { client } from "../../shell/client.ts";
import type { Deletion } from "./delete-dialog.tsx";
import type { Attempt } from "./use-attempt.ts";

export function useHiding(attempt: Attempt) {
  const [message, ask] = useState<Message | null>(null);
  const deletion: Deletion = {
    message,
    cancel: () => ask(null),
    confirm({ id: messageId }) {
      ask(null);
      void attempt(async () => {
        const options = { isSafeToRepeat: true };
        const { deleteMessageForMe } = await client.run(
          DeleteMessageForMe,
          { input: { messageId } },
          options,
        );
        return deleteMessageForMe;
      });
    },
  };
  return { ask, deletion };
}
