// Why a new password was refused, in the reader's language.
import type { PasswordRule } from "@meetinity/client/operations";
import type { TFunction } from "i18next";

interface WeakPassword {
  readonly rule: PasswordRule;
  readonly minLength: number;
}

export function explainWeakPassword(
  { rule, minLength }: WeakPassword,
  t: TFunction<"shell">,
): string {
  if (rule === "TOO_SHORT") return t("violations.tooShort", { count: minLength });
  return t(`weakPasswords.${rule}`);
}
