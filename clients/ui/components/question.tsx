// A `ConfirmDialog` that is not in a page's scripts: it is loaded once the button that asks is
// shown.
import type { ComponentProps } from "react";
import { useTranslation } from "react-i18next";
import { useOnDemand } from "../shell/on-demand.ts";
import type { ConfirmDialog } from "./confirm-dialog.tsx";
import { sayFailure } from "./notices.ts";

type Props = ComponentProps<typeof ConfirmDialog>;

const load = () => import("./confirm-dialog.tsx").then(({ ConfirmDialog }) => ConfirmDialog);

export function Question(props: Props) {
  const { t } = useTranslation("shell");
  const Dialog = useOnDemand<Props>(load, props.isOpen, () => {
    sayFailure(t("errors.network"));
    props.onCancel();
  });
  return Dialog && <Dialog {...props} />;
}
