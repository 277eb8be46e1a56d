// The token of a link in a mail.
import { useEffect, useState } from "react";

/**
 * The `token` with which the page was opened; null without one. It leaves the address bar, so that
 * it is in no history, and in no address that somebody copies.
 */
export function useLinkToken(): string | null {
  const [token] = useState(() => new URLSearchParams(location.search).get("token"));
  useEffect(() => {
    if (token !== null) history.replaceState(history.state, "", location.pathname);
  }, [token]);
  return token;
}
