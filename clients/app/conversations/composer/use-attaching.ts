// The files of the message that is being written. What sends them is loaded with the first file.
import type { Observable } from "@meetinity/client";
import { sayFailure } from "@meetinity/ui/components/notices.ts";
import { withPageTexts } from "@meetinity/ui/i18n/i18n.ts";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { type ComponentType, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Deliver, Recording, Tray, TrayState } from "../attachments/tray.ts";
import type { TrayStripProps } from "../attachments/tray-strip.tsx";

interface Parts {
  readonly trayOf: (key: string, conversationId: string) => Tray;
  readonly Strip: ComponentType<TrayStripProps>;
}

const load = withPageTexts(async (): Promise<Parts> => {
  const [{ trayOf }, { TrayStrip }] = await Promise.all([
    import("../attachments/tray.ts"),
    import("../attachments/tray-strip.tsx"),
  ]);
  return { trayOf, Strip: TrayStrip };
});

/** Once they are loaded: a tray that waits is shown at once. */
let parts: Parts | null = null;
/** One for all calls, so that they go on in their order. */
let loading: Promise<Parts> | null = null;

const EMPTY: TrayState = { files: [], isWaiting: false };
const NO_TRAY: Observable<TrayState> = { getSnapshot: () => EMPTY, subscribe: () => () => {} };

export interface Attaching {
  readonly state: TrayState;
  /** Null as long as there has been no file. */
  readonly tray: Tray | null;
  readonly Strip: Parts["Strip"] | null;
  readonly add: (files: readonly File[]) => void;
  readonly sendRecording: (recording: Recording, deliver: Deliver) => void;
  /** Calls it once all files have arrived: at once where there are none. */
  readonly whenArrived: (deliver: Deliver) => void;
}

/** `key` is of the field: of the conversation, or of a thread in it. */
export function useAttaching(conversationId: string, key: string): Attaching {
  const { t } = useTranslation("shell");
  const [tray, setTray] = useState(() => parts?.trayOf(key, conversationId) ?? null);
  const state = useObservable<TrayState>(tray ?? NO_TRAY);
  /** How many calls wait until the parts are loaded. */
  const waitingCalls = useRef(0);
  async function withTray(work: (tray: Tray) => void): Promise<void> {
    waitingCalls.current += 1;
    try {
      loading ??= load();
      parts ??= await loading;
    } catch {
      loading = null;
      return sayFailure(t("errors.network"));
    } finally {
      waitingCalls.current -= 1;
    }
    const own = parts.trayOf(key, conversationId);
    setTray(own);
    work(own);
  }
  return {
    ...{ state, tray, Strip: tray && (parts?.Strip ?? null) },
    add: (files) => void withTray((own) => own.add(files)),
    sendRecording: (recording, deliver) =>
      void withTray((own) => {
        own.addRecording(recording);
        own.whenArrived(deliver);
      }),
    whenArrived(deliver) {
      // A file that was added may still wait for the parts.
      const isComing = tray !== null || waitingCalls.current > 0;
      if (isComing) void withTray((own) => own.whenArrived(deliver));
      else deliver([]);
    },
  };
}
