// What the viewer is writing in a conversation, on all their devices.
import type { Draft } from "@meetinity/client";
import { draftsOf } from "@meetinity/client/drafts";
import { useSyncExternalStore } from "react";
import { client } from "../../shell/client.ts";

interface Writing {
  readonly text: string;
  /** The text of another device that this one replaced; null without one. */
  readonly other: Draft["other"];
  /** Takes the other text instead, or drops it. */
  readonly decide: (takesOther: boolean) => void;
  readonly write: (text: string) => void;
}

export function useDraft(conversationId: string): Writing {
  const drafts = draftsOf(client);
  const draft = useSyncExternalStore(drafts.state.subscribe, () => drafts.find(conversationId));
  return {
    text: draft?.body ?? "",
    other: draft?.other ?? null,
    decide: (takesOther) => drafts.decide(conversationId, takesOther),
    write: (text) => drafts.write(conversationId, text),
  };
}
