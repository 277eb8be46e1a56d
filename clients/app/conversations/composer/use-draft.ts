// The text that the viewer is writing in a conversation, on all their devices. A field keeps its
// own while the viewer is in its window: what another tab writes at once does not replace it.
import type { Draft } from "@meetinity/client";
import { draftsOf } from "@meetinity/client/drafts";
import { useEffect, useState, useSyncExternalStore } from "react";
import { client } from "../../shell/client.ts";

export interface Writing {
  readonly text: string;
  /** The message that it answers; null for none. */
  readonly replyToId: string | null;
  /** The text of another device that this one replaced; null without one. */
  readonly other: Draft["other"];
  /** Takes the other text instead, or drops it. */
  readonly decide: (takesOther: boolean) => void;
  readonly write: (text: string, replyToId: string | null) => void;
}

export function useDraft(conversationId: string): Writing {
  const drafts = draftsOf(client);
  const draft = useSyncExternalStore(drafts.state.subscribe, () => drafts.find(conversationId));
  const [own, setOwn] = useState<{ readonly conversationId: string; readonly text: string }>();
  useEffect(() => {
    const leave = () => setOwn(undefined);
    window.addEventListener("blur", leave);
    return () => window.removeEventListener("blur", leave);
  }, []);
  // A saved draft is that of all devices.
  const isOwn = own?.conversationId === conversationId && draft?.isSaved === false;
  return {
    text: isOwn ? own.text : (draft?.body ?? ""),
    replyToId: draft?.replyToId ?? null,
    other: draft?.other ?? null,
    decide: (takesOther) => {
      setOwn(undefined);
      drafts.decide(conversationId, takesOther);
    },
    write: (text, replyToId) => {
      setOwn({ conversationId, text });
      drafts.write(conversationId, text, replyToId);
    },
  };
}
