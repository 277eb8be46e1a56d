// The page after signing in, for people with a role that counts only with a second factor: why, and
// how to turn it on. They may put it off, and have no such role until then.

import { classes } from "@meetinity/ui/components/classes.ts";
import card from "@meetinity/ui/look/card.module.css";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { Link, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { placeOf } from "../../shell/search.ts";
import styles from "../settings.module.css";
import { SecondFactorSection } from "./section.tsx";

export function SecondFactorRequiredPage() {
  const { t } = useTranslation("secondFactor");
  const { to } = useSearch({ strict: false });
  const { isSecondFactorMissing = false } = useObservable(client.session);
  useTitle(t("requiredTitle"));
  return (
    <div className={classes(card.page, styles.sections)}>
      <h1>{t("requiredTitle")}</h1>
      <p role="status">{t(isSecondFactorMissing ? "requiredLead" : "requiredDone")}</p>
      <SecondFactorSection />
      <Link {...placeOf(to)} className={card.back}>
        {t(isSecondFactorMissing ? "later" : "goOn")}
      </Link>
    </div>
  );
}
