// Reads a picture of a file in the browser, and draws a part of it anew.
import type { Part, Size } from "./rules.ts";

/** A file that the browser can show. `url` is good until it is revoked. */
export interface Picture extends Size {
  readonly url: string;
  readonly image: HTMLImageElement;
}

/** Null if the browser cannot read it. It is turned as the camera says. */
export async function readPicture(file: Blob): Promise<Picture | null> {
  const url = URL.createObjectURL(file);
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
  } catch {
    URL.revokeObjectURL(url);
    return null;
  }
  const { naturalWidth: width, naturalHeight: height } = image;
  if (width > 0 && height > 0) return { url, image, width, height };
  URL.revokeObjectURL(url);
  return null;
}

/** A JPEG of the part, at most `widthMax` pixels wide: nothing but its pixels leaves the device. */
export async function drawPart({ image }: Picture, part: Part, widthMax: number): Promise<Blob> {
  const scale = Math.min(1, widthMax / part.width);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(part.width * scale));
  canvas.height = Math.max(1, Math.round(part.height * scale));
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser cannot draw pictures.");
  // JPEG knows nothing of what can be seen through.
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  const { left, top, width, height } = part;
  context.drawImage(image, left, top, width, height, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    const refuse = () => reject(new Error("This browser cannot write pictures."));
    canvas.toBlob((blob) => (blob ? resolve(blob) : refuse()), "image/jpeg", 0.9);
  });
}
