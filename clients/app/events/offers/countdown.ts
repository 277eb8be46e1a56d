// The time that is left until a moment, kept up to date.
import { useEffect, useState } from "react";
import { nextChangeIn } from "./remaining.ts";

/** In milliseconds; 0 and less when it is over. Timers stand still while a device sleeps. */
export function useTimeLeft(until: string): number {
  const leftNow = () => new Date(until).getTime() - Date.now();
  const [left, setLeft] = useState(leftNow);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const update = () => {
      clearTimeout(timer);
      const now = new Date(until).getTime() - Date.now();
      setLeft(now);
      if (now > 0) timer = setTimeout(update, nextChangeIn(now));
    };
    update();
    document.addEventListener("visibilitychange", update);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", update);
    };
  }, [until]);
  return left;
}
