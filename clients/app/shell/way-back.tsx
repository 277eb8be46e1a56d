// Above the pages of events: the way back to the first steps, for a person who came from there.
import { Link } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";
import { useTranslation } from "react-i18next";
import { leftFrom } from "./first-steps.ts";
import { placeOf } from "./search.ts";
import styles from "./way-back.module.css";

export function WayBack() {
  const { t } = useTranslation("shell");
  const from = leftFrom();
  if (from === null) return null;
  return (
    <div className={styles.strip}>
      <Link {...placeOf(from)}>
        <ChevronLeft aria-hidden="true" size={20} />
        {t("firstSteps.back")}
      </Link>
    </div>
  );
}
