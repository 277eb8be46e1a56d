// Texts that are nothing but a few emoji, which are shown large. Pure.

const EMOJI = String.raw`(?:\p{RI}{2}|\p{Emoji_Presentation}|\p{Emoji}\uFE0F\u20E3?)`;
const PART = String.raw`${EMOJI}[\p{EMod}\uFE0F]*(?:[\u{E0020}-\u{E007F}]+)?`;
const FEW = new RegExp(
  String.raw`^(?:${PART}(?:\u200D(?:${PART}|\p{Emoji}\uFE0F?))*\s*){1,6}$`,
  "u",
);

export function isFewEmoji(text: string): boolean {
  return text.length <= 80 && FEW.test(text.trim());
}
