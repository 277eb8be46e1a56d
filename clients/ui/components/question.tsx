// A `ConfirmDialog` that is not in a page's scripts: it is loaded once the button that asks is
// shown, so that it opens at once, and without a network too.
import { type ComponentProps, lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ConfirmDialog } from "./confirm-dialog.tsx";
import { sayFailure } from "./notices.ts";

const load = () =>
  import("./confirm-dialog.tsx").then((module) => ({ default: module.ConfirmDialog }));
const Dialog = lazy(load);

export function Question(props: ComponentProps<typeof ConfirmDialog>) {
  const { t } = useTranslation("shell");
  const { isOpen, onCancel } = props;
  const [isLoaded, setLoaded] = useState(false);
  const refuse = useRef(() => {});
  refuse.current = () => {
    sayFailure(t("errors.network"));
    onCancel();
  };
  useEffect(() => {
    load().then(
      () => setLoaded(true),
      // It is tried again when somebody asks.
      () => isOpen && refuse.current(),
    );
  }, [isOpen]);
  return <Suspense>{isLoaded && <Dialog {...props} />}</Suspense>;
}
