// The drawn cover of an event. It only decorates: whatever it stands beside has the title.
import { useMemo } from "react";
import { coverOf } from "./drawing/cover.ts";
import { Drawn } from "./drawing/drawn.tsx";
import styles from "./event-cover.module.css";

interface EventCoverProps {
  readonly id: string;
  readonly tags: readonly string[];
  /**
   * `thumb` is a square in a row, `small` one in a table, `card` the top of a card, `banner` the
   * top of a page.
   */
  readonly size: "small" | "thumb" | "card" | "banner";
}

export function EventCover({ id, tags, size }: EventCoverProps) {
  const [firstTag] = tags;
  const cover = useMemo(() => coverOf(id, firstTag), [id, firstTag]);
  return (
    <span aria-hidden="true" className={styles[size]}>
      <Drawn drawing={cover} width={400} height={200} />
    </span>
  );
}
