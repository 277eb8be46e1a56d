// Says that an admin has verified that a person is who the name says.
import { BadgeCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./verified-badge.module.css";

/** Stands behind the name; nothing for a person without the badge. */
export function VerifiedBadge({ isVerified }: { readonly isVerified: boolean | undefined }) {
  const { t } = useTranslation("shell");
  if (!isVerified) return null;
  return (
    <span className={styles.badge} title={t("verified")}>
      <BadgeCheck aria-hidden="true" />
      <span className="hidden-visually">{t("verified")}</span>
    </span>
  );
}
