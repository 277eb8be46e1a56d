// A component beside a page that is loaded once the page is shown, so that it is there when it is
// needed, and without a network too.
import { type ComponentType, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { sayFailure } from "../components/notices.ts";
import { isReachable } from "./reachable.ts";

/**
 * Null until it is loaded. If somebody needs it and it cannot be loaded, a notice says what to do,
 * and `onFailure` is called. Browsers do not ask again for a script that failed: the page must be
 * loaded anew.
 */
export function useOnDemand<Props>(
  load: () => Promise<ComponentType<Props>>,
  isNeeded: boolean,
  onFailure: () => void,
): ComponentType<Props> | null {
  const [Loaded, setLoaded] = useState<ComponentType<Props> | null>(null);
  const { t } = useTranslation("shell");
  const refuse = useRef(onFailure);
  refuse.current = async () => {
    onFailure();
    sayFailure(t((await isReachable()) ? "errors.reload" : "errors.network"));
  };
  useEffect(() => {
    load().then(
      (component) => setLoaded(() => component),
      () => isNeeded && refuse.current(),
    );
  }, [isNeeded, load]);
  return Loaded;
}
