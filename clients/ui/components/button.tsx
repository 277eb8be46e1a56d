// Buttons, and links that look like buttons.
import { type ComponentProps, type MouseEvent, useId } from "react";
import { useTranslation } from "react-i18next";
import { useIsAway } from "../offline/away.ts";
import styles from "./button.module.css";
import { classes } from "./classes.ts";
import { sayFailure } from "./notices.ts";

export type ButtonKind = "primary" | "secondary" | "plain" | "danger";

interface Look {
  readonly kind?: ButtonKind;
  readonly isSmall?: boolean;
}

/** The classes of a button, for elements of libraries. */
export function buttonClass({ kind = "secondary", isSmall = false }: Look, isIcon = false): string {
  return classes(styles.button, styles[kind], isSmall && styles.small, isIcon && styles.icon);
}

type ButtonProps = ComponentProps<"button"> & Look;

/** With `needsNetwork`, it says that it cannot be used while the network is missing. */
export function Button({ needsNetwork = false, ...rest }: ButtonProps & NeedsNetwork) {
  return needsNetwork ? <NetworkButton {...rest} /> : <PlainButton {...rest} />;
}

interface NeedsNetwork {
  readonly needsNetwork?: boolean;
}

/** A form that it would submit keeps what was typed. */
function NetworkButton({ onClick, children, ...rest }: ButtonProps) {
  const { t } = useTranslation("shell");
  const reason = useId();
  const isAway = useIsAway();
  const refuse = (event: MouseEvent) => {
    event.preventDefault();
    sayFailure(t("needsNetwork"));
  };
  const away = { "aria-disabled": true, "aria-describedby": reason, onClick: refuse } as const;
  return (
    <>
      <PlainButton onClick={onClick} {...rest} {...(isAway && away)}>
        {children}
      </PlainButton>
      {isAway && (
        <span id={reason} className="hidden-visually">
          {t("needsNetwork")}
        </span>
      )}
    </>
  );
}

function PlainButton({ kind = "secondary", isSmall = false, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classes(buttonClass({ kind, isSmall }), className)}
    />
  );
}

/** A button that shows an icon alone. Its name is for people who do not see the icon. */
export function IconButton({
  name,
  kind = "plain",
  isSmall = false,
  className,
  ...rest
}: ComponentProps<"button"> & Look & { readonly name: string }) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={name}
      title={name}
      className={classes(buttonClass({ kind, isSmall }, true), className)}
    />
  );
}
