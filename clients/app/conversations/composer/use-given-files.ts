// Files that are pasted into the field or dropped on the screen that it belongs to.
import { type ClipboardEvent, type RefObject, useEffect, useRef, useState } from "react";

/** Text with a picture of itself, as office programs copy it, is pasted as text. */
export function pastedFiles({ clipboardData }: ClipboardEvent): readonly File[] {
  const hasText = ["text/plain", "text/html"].every((type) => clipboardData.types.includes(type));
  return hasText ? [] : [...clipboardData.files];
}

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;

/** True while files are dragged over the section around `form`. */
export function useDroppedFiles(
  form: RefObject<HTMLElement | null>,
  onFiles: (files: readonly File[]) => void,
): boolean {
  const [isOver, setOver] = useState(false);
  const take = useRef(onFiles);
  take.current = onFiles;
  useEffect(() => {
    const section = form.current?.closest("section");
    if (!section) return;
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      // Without it the browser opens the file.
      event.preventDefault();
      setOver(true);
    };
    const leave = ({ relatedTarget }: DragEvent) => {
      if (!(relatedTarget instanceof Node && section.contains(relatedTarget))) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      take.current([...(event.dataTransfer?.files ?? [])]);
    };
    section.addEventListener("dragover", over);
    section.addEventListener("dragleave", leave);
    section.addEventListener("drop", drop);
    return () => {
      section.removeEventListener("dragover", over);
      section.removeEventListener("dragleave", leave);
      section.removeEventListener("drop", drop);
    };
  }, [form]);
  return isOver;
}
