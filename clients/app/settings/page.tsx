// The frame of one page of settings: its heading, the way back to the list in a narrow window, and
// its sections.
import { classes } from "@meetinity/ui/components/classes.ts";
import card from "@meetinity/ui/look/card.module.css";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { Link } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./settings.module.css";

interface PageProps {
  readonly name: "look" | "account" | "security" | "devices" | "notifications" | "privacy";
  readonly children: ReactNode;
}

export function Page({ name, children }: PageProps) {
  const { t } = useTranslation("settings");
  const title = t(`pages.${name}`);
  useTitle(title);
  return (
    <div className={styles.page}>
      <Link to="/settings" className={classes(card.back, styles.back)}>
        <ChevronLeft aria-hidden="true" />
        {t("title")}
      </Link>
      <h1>{title}</h1>
      {children}
    </div>
  );
}
