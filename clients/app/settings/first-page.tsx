// The address of settings without a page: in a wide window, where there is room beside the list,
// the first page opens.
import { Navigate } from "@tanstack/react-router";
import { useSyncExternalStore } from "react";

/** As in settings-frame.module.css. */
const WIDE = "(width >= 900px)";

export function FirstPage() {
  const isWide = useSyncExternalStore(onWidth, () => matchMedia(WIDE).matches);
  return isWide ? <Navigate to="/settings/look" replace /> : null;
}

function onWidth(listener: () => void): () => void {
  const query = matchMedia(WIDE);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}
