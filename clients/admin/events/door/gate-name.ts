// The name of this gate, which belongs to the device.
import { useCallback, useRef, useState } from "react";

const KEY = "meetinity-gate";

/** The name, how to change it, and how to read the current one. */
export function useGateName(): [string, (name: string) => void, () => string] {
  const [name, setName] = useState(read);
  const latest = useRef(name);
  latest.current = name.trim();
  const change = useCallback((next: string) => {
    setName(next);
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // The browser keeps nothing: the name lives as long as the page.
    }
  }, []);
  const current = useCallback(() => latest.current, []);
  return [name, change, current];
}

function read(): string {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}
