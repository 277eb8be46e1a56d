// The frame of a page of the portal: its heading, what can be done, and its content.
import { useTitle } from "@meetinity/ui/shell/title.ts";
import type { ReactNode } from "react";
import styles from "./page.module.css";

interface PageProps {
  readonly title: string;
  /** Beside the heading, such as a badge. */
  readonly mark?: ReactNode;
  /** Below the heading. */
  readonly lead?: ReactNode;
  /** Buttons at the end of the heading's row. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function Page({ title, mark, lead, actions, children }: PageProps) {
  useTitle(title);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div className={styles.heading}>
          <h1>{title}</h1>
          {mark}
          {lead && <div className={styles.lead}>{lead}</div>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
