// Whether the rows of a new log have their real heights. Until then it is not shown: it would move.
import { useEffect, useState } from "react";

/** The frames that the list takes to measure its first rows and to go where it opens. */
const FRAMES = 3;

export function useMeasured(): boolean {
  const [frame, setFrame] = useState(0);
  useEffect(() => {
    if (frame >= FRAMES) return;
    // A page in the background has no frames.
    if (document.hidden) return setFrame(FRAMES);
    const request = requestAnimationFrame(() => setFrame(frame + 1));
    return () => cancelAnimationFrame(request);
  }, [frame]);
  return frame >= FRAMES;
}
