// The field of an email address. Its type is not `email`: browsers would judge it as well, in their
// own language.
import { useTranslation } from "react-i18next";
import { TextField } from "../components/text-field.tsx";

export function EmailField() {
  const { t } = useTranslation("session");
  return (
    <TextField
      name="email"
      label={t("email")}
      inputMode="email"
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
    />
  );
}
