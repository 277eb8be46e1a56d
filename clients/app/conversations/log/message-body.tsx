// The text of a message: its links, its line breaks, in the direction of its script.

import { classes } from "@meetinity/ui/components/classes.ts";
import { type ReactNode, useMemo } from "react";
import { isFewEmoji } from "./emoji.ts";
import { linkify } from "./linkify.ts";
import styles from "./message.module.css";

interface MessageBodyProps {
  readonly body: string;
  /** Whether its links take part in the order of the tab key. */
  readonly isReachable?: boolean;
  /** Stands at the end of the last line. */
  readonly children?: ReactNode;
}

export function MessageBody({ body, isReachable = true, children }: MessageBodyProps) {
  const parts = useMemo(() => linkify(body), [body]);
  return (
    <div dir="auto" className={classes(styles.body, isFewEmoji(body) && styles.emoji)}>
      {parts.map(({ at, text, href }) =>
        href === undefined ? (
          text
        ) : (
          <a
            key={at}
            href={href}
            target="_blank"
            rel="noopener noreferrer"
            tabIndex={isReachable ? 0 : -1}
          >
            {text}
          </a>
        ),
      )}
      {children}
    </div>
  );
}
