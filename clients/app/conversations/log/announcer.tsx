// Says new messages of others to screen readers. The log itself is silent, because scrolling in the
// history changes it too.
import type { Message } from "@meetinity/client";
import { useEffect, useRef, useState } from "react";
import { lineOf } from "../attachments/describe.ts";
import { nameOf } from "../conversation/names.ts";
import { useReader } from "./reader.tsx";

interface AnnouncerProps {
  readonly messages: readonly Message[];
  /** Messages behind these are not here: then none is new. */
  readonly hasLater: boolean;
}

export function Announcer({ messages, hasLater }: AnnouncerProps) {
  const { t, viewerId } = useReader();
  const [said, setSaid] = useState({ seq: 0, text: "" });
  const lastSeq = useRef<number | null>(null);
  useEffect(() => {
    const last = messages.at(-1);
    if (hasLater || !last) return;
    const known = lastSeq.current ?? last.seq;
    lastSeq.current = Math.max(known, last.seq);
    const isNew = last.seq > known && last.sender?.id !== viewerId && last.body !== null;
    if (!isNew) return;
    setSaid({
      seq: last.seq,
      text: t("said", { name: nameOf(last.sender, t), body: lineOf(last, t) }),
    });
  }, [messages, hasLater, t, viewerId]);
  return (
    <p className="hidden-visually" aria-live="polite">
      {/* A new element, so that the same text again is said again. */}
      <span key={said.seq}>{said.text}</span>
    </p>
  );
}
