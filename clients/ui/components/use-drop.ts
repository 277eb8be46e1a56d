// Takes files that are dropped on an element. The element needs another way to them, for people who
// drop nothing.
import { type RefObject, useEffect, useRef, useState } from "react";

/** Calls `onFile` with the first file of a drop. True while something is held over the element. */
export function useDrop(
  element: RefObject<HTMLElement | null>,
  onFile: (file: Blob) => void,
): boolean {
  const [isOver, setOver] = useState(false);
  const take = useRef(onFile);
  take.current = onFile;
  useEffect(() => {
    const zone = element.current;
    if (!zone) return;
    const over = (event: DragEvent) => {
      // Without it the browser opens the file.
      event.preventDefault();
      setOver(true);
    };
    const leave = () => setOver(false);
    const drop = (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      const [file] = event.dataTransfer?.files ?? [];
      if (file) take.current(file);
    };
    const listening = new AbortController();
    zone.addEventListener("dragover", over, listening);
    zone.addEventListener("dragleave", leave, listening);
    zone.addEventListener("drop", drop, listening);
    return () => listening.abort();
  }, [element]);
  return isOver;
}
