// The text of a message: its mentions, its links, its line breaks, in the direction of its script.

import { classes } from "@meetinity/ui/components/classes.ts";
import { type ReactNode, useMemo } from "react";
import { type BodyMentions, type BodyPart, partsOf } from "./body-parts.ts";
import { isFewEmoji } from "./emoji.ts";
import styles from "./message.module.css";
import { useReader } from "./reader.tsx";

interface MessageBodyProps {
  readonly body: string;
  /** The people whom it mentions; null as long as that is not known. */
  readonly named: BodyMentions | null;
  /** Whether its links take part in the order of the tab key. */
  readonly isReachable?: boolean;
  /** Stands at the end of the last line. */
  readonly children?: ReactNode;
}

export function MessageBody({ body, named, isReachable = true, children }: MessageBodyProps) {
  const parts = useMemo(() => partsOf(body, named), [body, named]);
  return (
    <div dir="auto" className={classes(styles.body, isFewEmoji(body) && styles.emoji)}>
      {parts.map((part) => (
        <Part key={part.at} part={part} isReachable={isReachable} />
      ))}
      {children}
    </div>
  );
}

interface PartProps {
  readonly part: BodyPart;
  readonly isReachable: boolean;
}

function Part({ part: { text, href, mentioned }, isReachable }: PartProps) {
  const { viewerId } = useReader();
  if (mentioned) {
    const isViewer = mentioned.isAll || mentioned.userId === viewerId;
    const Element = isViewer ? "mark" : "span";
    return (
      <Element className={classes(styles.mention, isViewer && styles.ownMention)}>{text}</Element>
    );
  }
  if (href === undefined) return text;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" tabIndex={isReachable ? 0 : -1}>
      {text}
    </a>
  );
}
