// A frame over a picture: pointers, wheel, pinch and keys choose the part that is kept.
import {
  type Dispatch,
  type KeyboardEvent,
  type SetStateAction,
  useEffect,
  useId,
  useRef,
} from "react";
import { classes } from "../classes.ts";
import styles from "./cropper.module.css";
import { type Crop, type Cut, moved, partOf, ZOOM_MAX, zoomed } from "./rules.ts";
import { useGestures } from "./use-gestures.ts";

interface CropperProps {
  readonly url: string;
  readonly cut: Cut;
  readonly crop: Crop;
  readonly onChange: Dispatch<SetStateAction<Crop>>;
  /** The name of the frame, how to use it, and the name of the zoom. */
  readonly texts: { readonly frame: string; readonly hint: string; readonly zoom: string };
  /** Shows what stays as a circle. */
  readonly isRound?: boolean;
}

const STEP = 0.05;
const ZOOM_STEP = 0.25;

export function Cropper({ url, cut, crop, onChange, texts, isRound = false }: CropperProps) {
  const id = useId();
  const frame = useRef<HTMLElement>(null);
  useGestures(frame, cut, onChange);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    // Arrow keys move the picture.
    element.tabIndex = 0;
    // The button that led here is gone, and the focus with it. The dialog gives it to another one,
    // before this or after.
    element.focus();
    const request = requestAnimationFrame(() => element.focus());
    return () => cancelAnimationFrame(request);
  }, []);
  return (
    <div className={styles.cropper}>
      <section
        ref={frame}
        className={classes(styles.frame, isRound && styles.round)}
        style={{ aspectRatio: cut.aspect }}
        aria-label={texts.frame}
        aria-describedby={`${id}-hint`}
        onKeyDown={(event) => onKey(event, cut, onChange)}
      >
        <img src={url} alt="" draggable={false} style={placeOf(cut, crop)} />
      </section>
      <label className={styles.zoom}>
        <span>{texts.zoom}</span>
        <input
          type="range"
          min={1}
          max={ZOOM_MAX}
          step={0.01}
          value={crop.zoom}
          onChange={({ target: { value } }) =>
            onChange((before) => zoomed(cut, before, Number(value)))
          }
        />
      </label>
      <p id={`${id}-hint`} className={styles.hint}>
        {texts.hint}
      </p>
    </div>
  );
}

function placeOf(cut: Cut, crop: Crop) {
  const { left, top, width, height } = partOf(cut, crop);
  const percent = (value: number) => `${value * 100}%`;
  return {
    width: percent(cut.picture.width / width),
    height: percent(cut.picture.height / height),
    insetInlineStart: percent(-left / width),
    insetBlockStart: percent(-top / height),
  };
}

/** Arrows show more of that side; + and - zoom. */
function onKey(event: KeyboardEvent, cut: Cut, onChange: CropperProps["onChange"]): void {
  const change = keyed(event.key, cut);
  if (!change || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  onChange(change);
}

function keyed(key: string, cut: Cut): ((crop: Crop) => Crop) | null {
  const move = (x: number, y: number) => (crop: Crop) => moved(cut, crop, { x, y });
  const zoom = (by: number) => (crop: Crop) => zoomed(cut, crop, crop.zoom + by);
  switch (key) {
    case "ArrowLeft":
      return move(STEP, 0);
    case "ArrowRight":
      return move(-STEP, 0);
    case "ArrowUp":
      return move(0, STEP);
    case "ArrowDown":
      return move(0, -STEP);
    case "+":
    case "=":
      return zoom(ZOOM_STEP);
    case "-":
      return zoom(-ZOOM_STEP);
    default:
      return null;
  }
}
