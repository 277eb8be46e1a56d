// The way to record a voice message. What records is loaded when it is asked for.
import { IconButton } from "@meetinity/ui/components/button.tsx";
import { withPageTexts } from "@meetinity/ui/i18n/i18n.ts";
import { useOnDemand } from "@meetinity/ui/shell/on-demand.ts";
import { Mic } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RecorderProps } from "../attachments/recorder.tsx";
import type { Composing } from "./use-composing.ts";

const loadParts = withPageTexts(() => import("../attachments/recorder.tsx"));
const load = () => loadParts().then(({ Recorder }) => Recorder);

const CAN_RECORD = typeof MediaRecorder === "function" && "mediaDevices" in navigator;

/** `recorder` takes the place of the field; null where nothing is recorded. */
export function useRecorder(composing: Composing): {
  readonly button: ReactNode;
  readonly recorder: ReactNode;
} {
  const { t } = useTranslation("conversation");
  const [isOpen, setOpen] = useState(false);
  return {
    button: CAN_RECORD && (
      <IconButton name={t("record")} onClick={() => setOpen(true)}>
        <Mic aria-hidden="true" size={20} />
      </IconButton>
    ),
    recorder: isOpen && <OnDemand {...{ composing }} onClose={() => setOpen(false)} />,
  };
}

interface OnDemandProps {
  readonly composing: Composing;
  readonly onClose: () => void;
}

function OnDemand({ composing, onClose }: OnDemandProps) {
  const Recorder = useOnDemand<RecorderProps>(load, true, onClose);
  if (!Recorder) return null;
  return <Recorder onSend={composing.sendRecording} onClose={onClose} />;
}
