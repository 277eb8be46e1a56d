// Which thread is open beside a conversation, and where its messages are answered and edited.
import { useMemo, useRef, useState } from "react";
import type { Composing } from "../composer/use-composing.ts";

export interface ThreadPlace {
  readonly close: () => void;
  /** The panel takes replies to its messages and edits of them. Returns how to stop. */
  readonly onPurpose: (begin: Composing["begin"]) => () => void;
}

export interface OpenThread {
  readonly rootId: string | null;
  readonly place: ThreadPlace;
  readonly open: (rootId: string) => void;
  /** Begins a reply or an edit at the field that belongs to its message. */
  readonly begin: Composing["begin"];
}

export function useThread(main: Composing["begin"]): OpenThread {
  const [rootId, setRootId] = useState<string | null>(null);
  const inThread = useRef<Composing["begin"] | null>(null);
  const own = useMemo(
    () => ({
      open: (id: string) => setRootId(id),
      place: {
        close: () => setRootId(null),
        onPurpose(begin: Composing["begin"]) {
          inThread.current = begin;
          return () => {
            inThread.current = null;
          };
        },
      },
    }),
    [],
  );
  const begin = useMemo<Composing["begin"]>(
    () => (purpose) => {
      const isOfThread = purpose.kind !== "write" && purpose.message.threadRootId;
      (isOfThread && inThread.current ? inThread.current : main)(purpose);
    },
    [main],
  );
  return { rootId, begin, ...own };
}
