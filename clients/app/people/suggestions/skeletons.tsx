// The shapes of cards, until people are here.
import { Slow } from "@meetinity/ui/components/slow.tsx";
import { useTranslation } from "react-i18next";
import list from "./list.module.css";
import styles from "./skeleton.module.css";

export function CardSkeletons() {
  const { t } = useTranslation("shell");
  return (
    <div role="status" aria-label={t("loading")} className={list.list}>
      {["a", "b", "c"].map((key) => (
        <div key={key} className={styles.skeleton}>
          <span className={styles.bar} />
          <span className={styles.bar} />
          <span className={styles.bar} />
          <span className={styles.bar} />
        </div>
      ))}
      <Slow />
    </div>
  );
}
