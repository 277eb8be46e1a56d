// Reads QR codes with the camera. The decoder is loaded when the camera starts.
import { Button } from "@meetinity/ui/components/button.tsx";
import { Camera, CameraOff } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./door.module.css";

/** A frame is looked at so often: a code is held still for longer. */
const EVERY_MS = 120;
/** The same code again counts as another scan after this long without it. */
const SAME_MS = 3_000;
/** Frames are made smaller: the modules of a ticket that fills half of one have some 5 pixels. */
const WIDTH = 640;

interface CameraProps {
  readonly onCode: (code: string) => void;
}

export function CameraPanel({ onCode }: CameraProps) {
  const { t } = useTranslation("door");
  const [state, setState] = useState<"off" | "on" | "denied" | "missing">("off");
  const video = useRef<HTMLVideoElement>(null);
  const listener = useRef(onCode);
  listener.current = onCode;
  const isOn = state === "on";
  useEffect(() => {
    const element = video.current;
    if (!isOn || !element) return;
    return watch(
      element,
      (code) => listener.current(code),
      (error) => setState(stateOf(error)),
    );
  }, [isOn]);
  return (
    <div className={styles.camera}>
      {isOn && (
        <video
          ref={video}
          className={styles.video}
          muted
          playsInline
          aria-label={t("cameraImage")}
        />
      )}
      <Button kind={isOn ? "secondary" : "primary"} onClick={() => setState(isOn ? "off" : "on")}>
        {isOn ? (
          <CameraOff aria-hidden="true" size={18} />
        ) : (
          <Camera aria-hidden="true" size={18} />
        )}
        {t(isOn ? "cameraOff" : "cameraOn")}
      </Button>
      {(state === "denied" || state === "missing") && (
        <p role="alert" className={styles.hint}>
          {t(state === "denied" ? "cameraDenied" : "cameraMissing")}
        </p>
      )}
    </div>
  );
}

function stateOf(error: unknown): "denied" | "missing" {
  const name = error instanceof Error ? error.name : "";
  return name === "NotAllowedError" || name === "SecurityError" ? "denied" : "missing";
}

/** Shows the camera and tells each code once. Returns how to stop. */
function watch(
  video: HTMLVideoElement,
  onCode: (code: string) => void,
  onError: (error: unknown) => void,
): () => void {
  let isStopped = false;
  let stream: MediaStream | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = { code: "", at: 0 };
  const seen = (code: string) => {
    const at = Date.now();
    const isNew = code !== last.code || at - last.at > SAME_MS;
    last = { code, at };
    if (isNew) onCode(code);
  };
  const start = async () => {
    const [{ default: decode }, opened] = await Promise.all([
      import("qr/decode.js"),
      navigator.mediaDevices.getUserMedia({ video: { facingMode: { ideal: "environment" } } }),
    ]);
    stream = opened;
    if (isStopped) {
      end();
      return;
    }
    video.srcObject = opened;
    await video.play();
    const canvas = document.createElement("canvas");
    const look = () => {
      const code = codeIn(video, canvas, decode);
      if (code !== null) seen(code);
      timer = setTimeout(look, EVERY_MS);
    };
    look();
  };
  const end = () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
  };
  start().catch((error: unknown) => {
    if (!isStopped) onError(error);
    end();
  });
  return () => {
    isStopped = true;
    clearTimeout(timer);
    end();
  };
}

type Decode = (image: ImageData) => string;

/** The code in the current frame; null when there is none. */
function codeIn(video: HTMLVideoElement, canvas: HTMLCanvasElement, decode: Decode): string | null {
  if (video.videoWidth === 0) return null;
  const scale = Math.min(1, WIDTH / video.videoWidth);
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return null;
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  try {
    return decode(context.getImageData(0, 0, canvas.width, canvas.height));
  } catch {
    // The decoder throws where a frame has no code.
    return null;
  }
}
