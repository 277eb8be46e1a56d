// A file of a message as an address for an element of the page, as long as that is shown.
import { useEffect, useState } from "react";
import { type Rendition, readFile } from "./files.ts";

interface Shown {
  readonly url: string | null;
  readonly hasFailed: boolean;
}

interface OpenFile extends Shown {
  /** After a failure. */
  readonly retry: () => void;
}

const NONE: Shown = { url: null, hasFailed: false };

/** Reads nothing before it `isWanted`. */
export function useFile(id: string, rendition: Rendition, isWanted: boolean): OpenFile {
  const [shown, setShown] = useState(NONE);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (!isWanted || attempt < 0) return;
    let isOver = false;
    let url: string | null = null;
    readFile(id, rendition).then(
      (blob) => {
        if (isOver) return;
        url = URL.createObjectURL(blob);
        setShown({ url, hasFailed: false });
      },
      () => isOver || setShown({ url: null, hasFailed: true }),
    );
    return () => {
      isOver = true;
      if (url !== null) URL.revokeObjectURL(url);
      setShown(NONE);
    };
  }, [id, rendition, isWanted, attempt]);
  return { ...shown, retry: () => setAttempt(attempt + 1) };
}
