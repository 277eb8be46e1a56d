// Saves an edit. A text that was changed elsewhere since is not replaced: the person chooses.
import type { Conversation, Mentioned, Message } from "@meetinity/client";
import { useState } from "react";
import { useAttempt } from "../conversation/use-attempt.ts";

/** An edit of a text that was changed elsewhere meanwhile. */
export interface Conflict {
  readonly yours: string;
  /** Null when the message was deleted. */
  readonly newer: string | null;
  readonly keepYours: () => void;
  readonly keepNewer: () => void;
}

type Saved = Pick<Message, "id" | "body" | "version">;

/** A refusal that a dialog tells, and no notice. */
const ASKED = { __typename: "AskedSuccess" } as const;

export function useSaving(
  conversation: Pick<Conversation, "edit">,
  mentionedIn: (text: string) => Mentioned,
  cancel: () => void,
) {
  const attempt = useAttempt();
  const [isSaving, setSaving] = useState(false);
  const [conflict, setConflict] = useState<Conflict | null>(null);

  async function save({ id, body: before, version }: Saved, body: string): Promise<void> {
    setConflict(null);
    if (body === before) return cancel();
    setSaving(true);
    let newer: Saved | null = null;
    const isDone = await attempt(async () => {
      const result = await conversation.edit(id, body, version, mentionedIn(body));
      if (result.__typename !== "StaleVersionProblem") return result;
      newer = result.message;
      return ASKED;
    });
    setSaving(false);
    if (newer) setConflict(conflictOf(newer, body));
    else if (isDone) cancel();
  }

  function conflictOf(newer: Saved, yours: string): Conflict {
    const keepNewer = () => {
      setConflict(null);
      cancel();
    };
    return { yours, newer: newer.body, keepNewer, keepYours: () => void save(newer, yours) };
  }

  return { isSaving, conflict, save };
}
