// Says that a role does not count yet, because the person has no second factor.
import frame from "@meetinity/ui/shell/frame.module.css";
import { useTranslation } from "react-i18next";
import { appUrl } from "./app-url.ts";

export function SecondFactorStrip({ isMissing }: { readonly isMissing: boolean }) {
  const { t } = useTranslation("shell");
  return (
    <div role="status">
      {isMissing && (
        <p className={frame.banner}>
          {t("secondFactorMissing")}{" "}
          <a href={appUrl("two-step-sign-in")} target="_blank" rel="noreferrer">
            {t("turnItOn")}
          </a>
        </p>
      )}
    </div>
  );
}
