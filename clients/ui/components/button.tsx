// Buttons, and links that look like buttons.
import type { ComponentProps } from "react";
import styles from "./button.module.css";
import { classes } from "./classes.ts";

export type ButtonKind = "primary" | "secondary" | "plain" | "danger";

interface Look {
  readonly kind?: ButtonKind;
  readonly isSmall?: boolean;
}

/** The classes of a button, for elements of libraries. */
export function buttonClass({ kind = "secondary", isSmall = false }: Look, isIcon = false): string {
  return classes(styles.button, styles[kind], isSmall && styles.small, isIcon && styles.icon);
}

export function Button({
  kind = "secondary",
  isSmall = false,
  className,
  ...rest
}: ComponentProps<"button"> & Look) {
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
