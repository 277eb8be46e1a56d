// The title of the page, which browsers show in tabs and screen readers say first.
import { useEffect } from "react";

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === "" ? "Meetinity" : `${title} · Meetinity`;
  }, [title]);
}
