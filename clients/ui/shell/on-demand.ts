// A component beside a page that is loaded once the page is shown, so that it is there when it is
// needed, and without a network too.
import { type ComponentType, useEffect, useState } from "react";

/**
 * Null until it is loaded. Whoever needs it while it cannot be loaded is told by `onFailure`; then
 * it is tried again.
 */
export function useOnDemand<Props>(
  load: () => Promise<ComponentType<Props>>,
  isNeeded: boolean,
  onFailure: () => void,
): ComponentType<Props> | null {
  const [Loaded, setLoaded] = useState<ComponentType<Props> | null>(null);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    if (Loaded || (hasFailed && !isNeeded)) return;
    load().then(
      (component) => setLoaded(() => component),
      () => setFailed(true),
    );
  }, [Loaded, hasFailed, isNeeded, load]);
  useEffect(() => {
    if (!hasFailed || !isNeeded) return;
    setFailed(false);
    onFailure();
  }, [hasFailed, isNeeded, onFailure]);
  return Loaded;
}
