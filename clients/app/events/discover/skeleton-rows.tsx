// Rows of events on their way, in the shape of those that come.
import { useTranslation } from "react-i18next";
import styles from "./skeleton.module.css";

export function SkeletonRows({ rows = 5 }: { readonly rows?: number }) {
  const { t } = useTranslation("shell");
  return (
    <div className={styles.rows} role="status" aria-label={t("loading")}>
      {Array.from({ length: rows }, (_, row) => `row ${row}`).map((key) => (
        <div key={key} className={styles.row}>
          <span className={styles.cover} />
          <span className={styles.lines}>
            <span className={styles.title} />
            <span className={styles.line} />
            <span className={styles.short} />
          </span>
        </div>
      ))}
    </div>
  );
}
