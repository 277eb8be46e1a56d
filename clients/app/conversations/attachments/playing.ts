// One recording is heard at a time on a page.

let playing: HTMLAudioElement | null = null;

/** Stops what was heard before. Rejects when the browser cannot play it. */
export async function playAlone(audio: HTMLAudioElement): Promise<void> {
  if (playing !== audio) playing?.pause();
  playing = audio;
  await audio.play();
}

/** Farther than any recording: the browser goes to the end, and knows the length then. */
const FAR_SECONDS = 1e7;

/** A recording of a browser does not say how long it is, so that nothing can be sought in it. */
export async function measure(audio: HTMLAudioElement): Promise<void> {
  if (Number.isFinite(audio.duration)) return;
  await new Promise<void>((resolve) => {
    const known = () => {
      audio.removeEventListener("seeked", known);
      resolve();
    };
    audio.addEventListener("seeked", known);
    audio.currentTime = FAR_SECONDS;
  });
  audio.currentTime = 0;
}
