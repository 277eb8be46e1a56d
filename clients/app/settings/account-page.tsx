// The page of one's own account: a section for each thing that can be changed.

import { classes } from "@meetinity/ui/components/classes.ts";
import card from "@meetinity/ui/look/card.module.css";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { useTranslation } from "react-i18next";
import { Back } from "../shell/back.tsx";
import { AddressSection } from "./address/section.tsx";
import { DevicesSection } from "./devices/section.tsx";
import { LeavingSection } from "./leaving/section.tsx";
import { PasswordSection } from "./password/section.tsx";
import { SecondFactorSection } from "./second-factor/section.tsx";
import styles from "./settings.module.css";

export function AccountPage() {
  const { t } = useTranslation("settings");
  useTitle(t("title"));
  return (
    <div className={classes(card.page, styles.sections)}>
      <Back to="/profile" />
      <h1>{t("title")}</h1>
      <AddressSection />
      <PasswordSection />
      <SecondFactorSection />
      <DevicesSection />
      <LeavingSection />
    </div>
  );
}
