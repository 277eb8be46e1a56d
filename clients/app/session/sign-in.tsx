// Signing in, with the ways to an account and to a new password.
import { SignInCard } from "@meetinity/ui/session/sign-in-card.tsx";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

export function SignIn() {
  const { t } = useTranslation("session");
  const other = (
    <>
      <Link to="/sign-in-by-mail" search={true}>
        {t("byMail")}
      </Link>
      <span aria-hidden="true">·</span>
      {t("noAccount")}
      <Link to="/sign-up" search={true}>
        {t("signUp")}
      </Link>
    </>
  );
  return (
    <SignInCard other={other}>
      <p>
        <Link to="/forgot-password">{t("forgot")}</Link>
      </p>
    </SignInCard>
  );
}
