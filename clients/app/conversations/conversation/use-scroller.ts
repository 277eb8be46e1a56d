// The scroller of the screen, its jumps with their failures, and the message that a jump shows.
import type { Conversation } from "@meetinity/client";
import { explain } from "@meetinity/ui/components/explain.ts";
import { sayFailure } from "@meetinity/ui/components/notices.ts";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Scroller } from "../log/scroller.ts";

export interface Scrolling {
  readonly scroller: Scroller;
  /** The end of the log is out of view. */
  readonly isAway: boolean;
  /** The `seq` of the message that the reader looks for. */
  readonly highlighted: number | null;
  readonly jumpTo: (seq: number) => void;
  readonly jumpToEnd: () => void;
}

const HIGHLIGHT_MS = 2_500;

export function useScroller(conversation: Conversation, opensAt: number | null): Scrolling {
  const { t } = useTranslation("shell");
  const [isAway, setAway] = useState(false);
  const [highlighted, setHighlighted] = useState<number | null>(null);
  const [scroller] = useState(() => new Scroller(conversation, opensAt, setAway));

  useEffect(() => {
    if (highlighted === null) return;
    const timer = setTimeout(() => setHighlighted(null), HIGHLIGHT_MS);
    return () => clearTimeout(timer);
  }, [highlighted]);

  const jumpTo = useCallback(
    (seq: number) => {
      scroller.jumpTo(seq).then(
        () => setHighlighted(seq),
        (error: unknown) => sayFailure(explain(error, t)),
      );
    },
    [scroller, t],
  );
  const jumpToEnd = useCallback(() => {
    scroller.jumpToEnd().catch((error: unknown) => sayFailure(explain(error, t)));
  }, [scroller, t]);

  return { scroller, isAway, highlighted, jumpTo, jumpToEnd };
}
