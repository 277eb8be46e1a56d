// Offers a reload to a page that is older than the build that is ready.
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import styles from "./newer-build.module.css";

/** Forms that were changed ask before they go; drafts of messages stay. */
export function NewerBuild() {
  const { t } = useTranslation("shell");
  return (
    <p className={styles.strip}>
      {t("newerBuild")}
      <Button isSmall onClick={() => location.reload()}>
        {t("reload")}
      </Button>
    </p>
  );
}
