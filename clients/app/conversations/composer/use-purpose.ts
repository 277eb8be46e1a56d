// The purpose of the text field: a new message, a reply or an edit. A reply is part of the draft,
// so that it goes on after a reload and on another device.
import type { Message } from "@meetinity/client";
import { useCallback, useRef, useState } from "react";
import type { Writing } from "./use-draft.ts";

export type Purpose =
  | { readonly kind: "write" }
  | { readonly kind: "reply"; readonly message: Message }
  | { readonly kind: "edit"; readonly message: Message };

const WRITE: Purpose = { kind: "write" };

export function usePurpose(draft: Writing, messages: readonly Message[]) {
  const [begun, setBegun] = useState(WRITE);
  const purpose = begun.kind === "write" ? purposeOf(draft, messages) : begun;
  const latest = useRef({ draft, purpose });
  latest.current = { draft, purpose };
  const begin = useCallback((next: Purpose) => {
    const { draft: written, purpose: before } = latest.current;
    const isAnswer = next.kind === "reply";
    const isNoAnswer = next.kind === "write" && before.kind === "reply";
    if (written.text !== "" && (isAnswer || isNoAnswer)) {
      written.write(written.text, isAnswer ? next.message.id : null);
    }
    setBegun(next);
  }, []);
  /** The message is on its way. */
  const end = useCallback(() => setBegun(WRITE), []);
  return { purpose, begin, end };
}

/** A draft that answers a message which is not here is written on as it is. */
function purposeOf({ text, replyToId }: Writing, messages: readonly Message[]): Purpose {
  const message = text !== "" && replyToId ? messages.find(({ id }) => id === replyToId) : null;
  return message ? { kind: "reply", message } : WRITE;
}
