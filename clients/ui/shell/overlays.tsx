// The layers over every page: notices, and the question whether it is really them. Neither is in
// the first load, because no page begins with one.
import { type ComponentType, lazy, Suspense, useEffect, useState } from "react";
import { whenNoticeWaits } from "../components/notices.ts";
import { withPageTexts } from "../i18n/i18n.ts";
import { openQuestion } from "../session/step-up/asking.ts";
import { useObservable } from "./observe.ts";

const loadToasts = () => import("../components/toasts.tsx").then(({ Toasts }) => Toasts);

const StepUpDialog = lazy(
  withPageTexts(() =>
    import("../session/step-up/dialog.tsx").then(({ StepUpDialog }) => ({ default: StepUpDialog })),
  ),
);

export function Overlays() {
  const [Toasts, setToasts] = useState<ComponentType | null>(null);
  // Without a network the next notice tries again: the page goes on without.
  useEffect(() => {
    const keep = (loaded: ComponentType) => setToasts(() => loaded);
    whenNoticeWaits(() => void loadToasts().then(keep, () => {}));
  }, []);
  return (
    <>
      {Toasts && <Toasts />}
      <StepUp />
    </>
  );
}

/** From the first question on it stays, so that its end is seen. */
function StepUp() {
  const isAsked = useObservable(openQuestion) !== null;
  const [wasAsked, setWasAsked] = useState(false);
  useEffect(() => {
    if (isAsked) setWasAsked(true);
  }, [isAsked]);
  return <Suspense>{wasAsked && <StepUpDialog />}</Suspense>;
}
