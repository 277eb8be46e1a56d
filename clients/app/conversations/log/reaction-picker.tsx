// The emoji that a person can choose as a reaction.
import { Popover } from "@base-ui/react/popover";
import type { Message } from "@meetinity/client";
import popup from "@meetinity/ui/components/popup.module.css";
import { lastButtonIn } from "./last-button.ts";
import styles from "./reaction-picker.module.css";
import { useReader } from "./reader.tsx";

const EMOJI = ["👍", "❤️", "😂", "🎉", "😮", "😢", "🙏", "👏", "🔥", "✅", "👀", "🚀"];

export interface Picking {
  /** The message, and where to show the emoji. Null: nothing is shown. */
  readonly picked: { readonly message: Message; readonly anchor: Element | null } | null;
  readonly close: () => void;
}

export function ReactionPicker({ picking }: { readonly picking: Picking }) {
  const { t, actions } = useReader();
  const { picked, close } = picking;
  if (!picked) return null;
  const { message, anchor } = picked;
  const own = message.reactions.filter((each) => each.isViewerAmong).map((each) => each.emoji);
  return (
    <Popover.Root open onOpenChange={(isOpen) => isOpen || close()}>
      <Popover.Portal>
        <Popover.Positioner anchor={anchor} sideOffset={4} className={popup.positioner}>
          <Popover.Popup
            className={popup.popup}
            aria-label={t("chooseReaction")}
            finalFocus={() => lastButtonIn(anchor)}
          >
            <fieldset className={styles.emoji} aria-label={t("chooseReaction")}>
              {EMOJI.map((emoji) => (
                <button
                  key={emoji}
                  type="button"
                  className={styles.choice}
                  aria-pressed={own.includes(emoji)}
                  onClick={() => {
                    close();
                    actions.react(message, emoji, !own.includes(emoji));
                  }}
                >
                  {emoji}
                </button>
              ))}
            </fieldset>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
