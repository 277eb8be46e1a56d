// The messages of a conversation: a long list of which only what is near the view is in the page.
import type { Conversation, ConversationState } from "@meetinity/client";
import { Virtualizer } from "virtua";
import { Announcer } from "./announcer.tsx";
import { EdgeFailure } from "./edge-failure.tsx";
import { HappeningLines } from "./happening-lines.tsx";
import { shownHappenings } from "./happenings.ts";
import styles from "./log.module.css";
import { MentionPill, Pill, Pills } from "./pill.tsx";
import { useReader } from "./reader.tsx";
import { useRows } from "./rows.tsx";
import type { Scroller } from "./scroller.ts";
import { useLog } from "./use-log.ts";
import { useMeasured } from "./use-measured.ts";

/** Rows are measured so far out of view: one that is measured in view would move the others. */
const MEASURED_AHEAD_PX = 1_000;

export interface MessageLogProps {
  readonly conversation: Conversation;
  readonly state: ConversationState;
  readonly scroller: Scroller;
  readonly isAway: boolean;
  readonly onToEnd: () => void;
  /** The `seq` of a message that the reader looks for. */
  readonly highlighted: number | null;
}

export function MessageLog(props: MessageLogProps) {
  const { state, isAway, onToEnd } = props;
  const { t } = useReader();
  const log = useLog(props);
  const isMeasured = useMeasured();
  const row = useRows(props, log.rovingFocus.index);
  return (
    <div className={styles.frame}>
      <div
        role="log"
        aria-live="off"
        aria-label={t("messages")}
        className={styles.log}
        data-measuring={!isMeasured || undefined}
        onFocus={log.rovingFocus.onFocus}
        onKeyDown={log.rovingFocus.onKeyDown}
      >
        {log.total === 0 ? (
          <Nothing state={state} />
        ) : (
          <Virtualizer
            key={log.listChange.generation}
            ref={log.attach}
            data={log.rows}
            shift={log.listChange.isShifted}
            bufferSize={MEASURED_AHEAD_PX}
            keepMounted={log.rovingFocus.index < 0 ? [] : [log.rovingFocus.index]}
            onScroll={log.onScroll}
            onResize={log.onResize}
          >
            {row}
          </Virtualizer>
        )}
      </div>
      <EdgeFailure edges={log.edges} />
      <Pills>
        <ToMention state={state} />
        {(isAway || state.hasLater) && <Pill unread={state.unreadCount} onClick={onToEnd} />}
      </Pills>
      <Announcer messages={state.messages} hasLater={state.hasLater} />
    </div>
  );
}

/** The next message that mentions the reader, and that they have not read. */
function ToMention({ state }: Pick<MessageLogProps, "state">) {
  const { actions } = useReader();
  const { unreadMentions, nextMentionSeq: seq } = state;
  if (seq === null) return null;
  return <MentionPill unread={Math.max(1, unreadMentions)} onClick={() => actions.jumpTo(seq)} />;
}

function Nothing({ state }: Pick<MessageLogProps, "state">) {
  const { t, isGroup } = useReader();
  const { kind } = state;
  const happenings = shownHappenings(state.happenings, isGroup);
  return (
    <div className={styles.nothing}>
      <p>{t("beginning")}</p>
      <HappeningLines happenings={happenings} />
      <p>{t(kind === "NOTE" ? "noteDown" : "sayHello")}</p>
    </div>
  );
}
