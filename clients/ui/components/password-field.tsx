// A field for a password, which can be shown.
import { Eye, EyeOff } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "./button.tsx";
import { TextField, type TextFieldProps } from "./text-field.tsx";

export function PasswordField(props: Omit<TextFieldProps, "type" | "button">) {
  const { t } = useTranslation("shell");
  const input = useRef<HTMLInputElement>(null);
  const [isShown, setShown] = useState(false);
  // Browsers keep what is sent from a field of text, to propose it again.
  useEffect(() => {
    const form = input.current?.form;
    const hide = () => setShown(false);
    form?.addEventListener("submit", hide);
    return () => form?.removeEventListener("submit", hide);
  }, []);
  const button = (
    <IconButton
      name={t(isShown ? "hideCharacters" : "showCharacters")}
      onClick={() => setShown(!isShown)}
    >
      {isShown ? <EyeOff aria-hidden="true" /> : <Eye aria-hidden="true" />}
    </IconButton>
  );
  return (
    <TextField
      {...props}
      ref={input}
      type={isShown ? "text" : "password"}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      button={button}
    />
  );
}
