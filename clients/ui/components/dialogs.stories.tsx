// Layers above the page: a question before what cannot be undone, and short notices.
import type { Meta } from "@storybook/react-vite";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { say, sayFailure } from "./notices.ts";
import { Toasts } from "./toasts.tsx";

const meta: Meta = { title: "Components/Layers" };
export default meta;

export function Question() {
  const { t } = useTranslation("events");
  return (
    <>
      <p>{t("registration")}</p>
      <ConfirmDialog
        isOpen
        title={t("cancelTitle")}
        text={t("cancelText.seated")}
        confirm={t("cancel")}
        onConfirm={() => {}}
        onCancel={() => {}}
      />
    </>
  );
}

export function Notices() {
  const { t } = useTranslation("events");
  const { t: common } = useTranslation("shell");
  useEffect(() => {
    say(t("registered"));
    sayFailure(common("errors.network"));
  }, [t, common]);
  return (
    <>
      <p>{t("registration")}</p>
      <Toasts />
    </>
  );
}
