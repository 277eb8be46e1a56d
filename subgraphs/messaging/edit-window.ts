// Until when the text of a message can be changed.

/** For how long texts can be changed, in minutes; 0 without an end. */
export type EditMinutes = number;

/** When a message can be changed last; null without an end, and for a deleted one. */
export function editableUntil(
  { body, createdAt }: { readonly body: string | null; readonly createdAt: Date },
  minutes: EditMinutes,
): Date | null {
  if (body === null || minutes === 0) return null;
  return new Date(createdAt.getTime() + minutes * 60_000);
}
