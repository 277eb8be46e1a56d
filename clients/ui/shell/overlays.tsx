// The layers over every page: notices, and the question whether it is really them. Neither is in
// the first load, because no page begins with one.
import { lazy, Suspense, useEffect, useState } from "react";
import { whenNoticeWaits } from "../components/notices.ts";
import { withPageTexts } from "../i18n/i18n.ts";
import { openQuestion } from "../session/step-up/asking.ts";
import { useObservable } from "./observe.ts";

const Toasts = lazy(() =>
  import("../components/toasts.tsx").then(({ Toasts }) => ({ default: Toasts })),
);

const StepUpDialog = lazy(
  withPageTexts(() =>
    import("../session/step-up/dialog.tsx").then(({ StepUpDialog }) => ({ default: StepUpDialog })),
  ),
);

export function Overlays() {
  const [hasNotices, setHasNotices] = useState(false);
  useEffect(() => whenNoticeWaits(() => setHasNotices(true)), []);
  return (
    <>
      <Suspense>{hasNotices && <Toasts />}</Suspense>
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
