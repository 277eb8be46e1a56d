// A component beside a page that is loaded once the page is shown, so that it is there when it is
// needed, and without a network too.
import { type ComponentType, useEffect, useRef, useState } from "react";

/**
 * Null until it is loaded. It is tried again each time somebody needs it; `onFailure` is called if
 * that fails too.
 */
export function useOnDemand<Props>(
  load: () => Promise<ComponentType<Props>>,
  isNeeded: boolean,
  onFailure: () => void,
): ComponentType<Props> | null {
  const [Loaded, setLoaded] = useState<ComponentType<Props> | null>(null);
  const refuse = useRef(onFailure);
  refuse.current = onFailure;
  useEffect(() => {
    load().then(
      (component) => setLoaded(() => component),
      () => isNeeded && refuse.current(),
    );
  }, [isNeeded, load]);
  return Loaded;
}
