// Offers a reload to a page that is older than the build that is ready.
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { useObservable } from "../shell/observe.ts";
import styles from "./newer-build.module.css";
import { isNewerReady } from "./register.ts";

/** Forms that were changed ask before they go; drafts of messages stay. */
export function NewerBuild() {
  const { t } = useTranslation("shell");
  const isReady = useObservable(isNewerReady);
  return (
    <div role="status">
      {isReady && (
        <p className={styles.strip}>
          {t("newerBuild")}
          <Button isSmall onClick={() => location.reload()}>
            {t("reload")}
          </Button>
        </p>
      )}
    </div>
  );
}
