// What becomes of a picture after it was sent: it is read again until a worker has looked at it.
import { OwnAvatar, type OwnAvatarQuery } from "@meetinity/client/operations";
import { useCallback, useEffect, useRef, useState } from "react";
import { client } from "../../shell/client.ts";

type Me = NonNullable<OwnAvatarQuery["me"]>;
type Upload = NonNullable<Me["avatarUpload"]>;

export type Looking =
  | { readonly status: "none" | "looking" | "late" }
  | { readonly status: "refused"; readonly refusal: NonNullable<Upload["refusal"]> | null };

const NONE: Looking = { status: "none" };

const PAUSE_MS = 400;
const PAUSE_GROWTH = 1.3;
const PAUSE_MS_MAX = 5_000;
/** After that it is told that it takes long; the next visit of the page looks again. */
const LOOKING_MS_MAX = 120_000;

/**
 * Looks when the page opens, and after `look`. `onShown` gets the address of a picture that has
 * become the viewer's while it looked.
 */
export function useLooking(onShown: (avatarUrl: string | null) => void) {
  const [looking, setLooking] = useState(NONE);
  const shown = useRef(onShown);
  shown.current = onShown;
  const end = useRef(() => {});
  /** Stops what it did before. */
  const start = useCallback((isNew: boolean) => {
    end.current();
    const stop = new AbortController();
    end.current = () => stop.abort();
    if (isNew) setLooking({ status: "looking" });
    void follow(stop.signal, isNew, setLooking, (url) => shown.current(url));
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

async function follow(
  signal: AbortSignal,
  isNew: boolean,
  set: (looking: Looking) => void,
  onShown: (avatarUrl: string | null) => void,
): Promise<void> {
  let isAwaited = isNew;
  const until = Date.now() + LOOKING_MS_MAX;
  for (let pauseMs = PAUSE_MS; ; pauseMs = Math.min(pauseMs * PAUSE_GROWTH, PAUSE_MS_MAX)) {
    // Without a network it is tried again.
    const me = await client.run(OwnAvatar, {}).then(
      (data) => data.me,
      () => null,
    );
    if (signal.aborted) return;
    const upload = me?.avatarUpload ?? null;
    const isOpen = upload?.state === "PROCESSING";
    if (me && !isOpen) {
      if (!isAwaited) return;
      if (upload?.state === "REFUSED") return set({ status: "refused", refusal: upload.refusal });
      set(NONE);
      return onShown(me.avatarUrl);
    }
    if (!me && !isAwaited) return;
    isAwaited = true;
    if (Date.now() > until) return set({ status: "late" });
    set({ status: "looking" });
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    if (signal.aborted) return;
  }
}
