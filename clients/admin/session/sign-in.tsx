// Signing in to the portal. Accounts and new passwords are made in the app.
import { SignInCard } from "@meetinity/ui/session/sign-in-card.tsx";
import { useTranslation } from "react-i18next";
import { appUrl } from "../shell/app-url.ts";

export function SignIn() {
  const { t } = useTranslation("session");
  return (
    <SignInCard other={null}>
      <p>
        <a href={appUrl("forgot-password")}>{t("forgot")}</a>
      </p>
    </SignInCard>
  );
}
