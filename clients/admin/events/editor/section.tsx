// A section of the form of an event.
import type { ReactNode } from "react";
import type { Draft } from "./draft.ts";
import styles from "./editor.module.css";

/** How a field shows its value, and tells of another one. */
export type FieldOf = (name: keyof Draft) => {
  readonly name: string;
  readonly value: string;
  readonly onChange: (event: { readonly currentTarget: { readonly value: string } }) => void;
};

interface SectionProps {
  readonly title: string;
  readonly children: ReactNode;
}

export function Section({ title, children }: SectionProps) {
  return (
    <fieldset className={styles.section}>
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}
