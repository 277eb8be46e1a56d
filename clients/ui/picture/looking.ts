// The state of a picture that was sent: it is read again until a worker has looked at it.
import { useCallback, useEffect, useRef, useState } from "react";
import type { PictureRefusal, PictureUse } from "./picture.ts";

export type Looking =
  | { readonly status: "none" | "looking" | "late" }
  | { readonly status: "refused"; readonly refusal: PictureRefusal | null };

const NONE: Looking = { status: "none" };

const PAUSE_MS = 400;
const PAUSE_GROWTH = 1.3;
const PAUSE_MS_MAX = 5_000;
/** After that it is told that it takes long; the next visit of the page looks again. */
const LOOKING_MS_MAX = 120_000;

/**
 * Looks when the page opens, and after `look`. `onShown` gets the address of a picture that has
 * come to be shown while it looked.
 */
export function useLooking(use: Pick<PictureUse, "read">, onShown: (url: string | null) => void) {
  const [looking, setLooking] = useState(NONE);
  const latest = useRef({ use, onShown });
  latest.current = { use, onShown };
  const end = useRef(() => {});
  /** Stops what it did before. */
  const start = useCallback((isNew: boolean) => {
    end.current();
    const stop = new AbortController();
    end.current = () => stop.abort();
    if (isNew) setLooking({ status: "looking" });
    const read = () => latest.current.use.read();
    const shown = (url: string | null) => latest.current.onShown(url);
    void follow(stop.signal, isNew, { read, set: setLooking, shown });
  }, []);
  useEffect(() => {
    start(false);
    return () => end.current();
  }, [start]);
  const look = useCallback(() => start(true), [start]);
  const forget = useCallback(() => {
    end.current();
    setLooking(NONE);
  }, []);
  return { looking, look, forget };
}

interface Following extends Pick<PictureUse, "read"> {
  set(looking: Looking): void;
  shown(url: string | null): void;
}

async function follow(
  signal: AbortSignal,
  isNew: boolean,
  { read, set, shown }: Following,
): Promise<void> {
  let isAwaited = isNew;
  const until = Date.now() + LOOKING_MS_MAX;
  for (let pauseMs = PAUSE_MS; ; pauseMs = Math.min(pauseMs * PAUSE_GROWTH, PAUSE_MS_MAX)) {
    // Without a network it is tried again.
    const state = await read().catch(() => null);
    if (signal.aborted) return;
    const upload = state?.upload ?? null;
    const isOpen = upload?.state === "PROCESSING";
    if (state && !isOpen) {
      if (!isAwaited) return;
      if (upload?.state === "REFUSED") return set({ status: "refused", refusal: upload.refusal });
      set(NONE);
      return shown(state.url);
    }
    if (!state && !isAwaited) return;
    isAwaited = true;
    if (Date.now() > until) return set({ status: "late" });
    set({ status: "looking" });
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    if (signal.aborted) return;
  }
}
