// The way back from a page: where the reader came from, or to where the page belongs.
import card from "@meetinity/ui/look/card.module.css";
import { Link, useCanGoBack, useRouter } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";
import type { MouseEvent } from "react";
import { useTranslation } from "react-i18next";

/** `to` is for readers who came by a link from elsewhere. */
export function Back({ to }: { readonly to: "/" | "/people" | "/profile" | "/events" }) {
  const { t } = useTranslation("shell");
  const router = useRouter();
  const canGoBack = useCanGoBack();
  function goBack(event: MouseEvent): void {
    if (!canGoBack || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    router.history.back();
  }
  return (
    <Link to={to} className={card.back} onClick={goBack}>
      <ChevronLeft aria-hidden="true" />
      {t("back")}
    </Link>
  );
}
