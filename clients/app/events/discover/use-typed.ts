// A text that takes effect once the reader has stopped typing, and that follows the address when
// the reader goes back.
import { useEffect, useRef, useState } from "react";

const SETTLED_MS = 300;

/** Gives the text as it is typed, and how to change it. `onSettled` gets it trimmed. */
export function useTyped(value: string, onSettled: (text: string) => void) {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const settled = useRef(onSettled);
  settled.current = onSettled;
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    const next = text.trim();
    if (next === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = next;
      settled.current(next);
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return [text, setText] as const;
}
