// Fields and forms. An error is at its field; a refusal that belongs to none is above them.
import type { Meta } from "@storybook/react-vite";
import { useTranslation } from "react-i18next";
import { Button } from "./button.tsx";
import { SubmissionForm } from "./form.tsx";
import { NewPasswordField } from "./new-password-field.tsx";
import { PasswordField } from "./password-field.tsx";
import type { Submission } from "./submission.ts";
import { TextField } from "./text-field.tsx";

const meta: Meta = { title: "Components/Fields" };
export default meta;

const OPEN: Submission["state"] = { errors: {}, refusal: null, isBusy: false };

function Form(state: Partial<Submission["state"]>) {
  const { t } = useTranslation("session");
  const submission = { state: { ...OPEN, ...state }, submit: async () => {}, clear: () => {} };
  return (
    <SubmissionForm submission={submission}>
      <TextField name="email" label={t("email")} type="email" defaultValue="ada@example.org" />
      <PasswordField name="password" label={t("password")} defaultValue="engine" />
      <Button type="submit" kind="primary" aria-disabled={submission.state.isBusy}>
        {t("signIn")}
      </Button>
    </SubmissionForm>
  );
}

export function Ready() {
  return <Form />;
}

export function ErrorAtField() {
  const { t } = useTranslation("shell");
  return <Form errors={{ email: t("violations.required") }} />;
}

export function Refused() {
  const { t } = useTranslation("shell");
  return <Form refusal={t("errors.network")} />;
}

export function Busy() {
  return <Form isBusy />;
}

export function NewPassword() {
  const { t } = useTranslation("session");
  return <NewPasswordField name="password" label={t("password")} />;
}
