// Short notices above the page, such as the reason why an action was refused. The component that
// shows them is not in the first load: until it is here, notices wait.

export interface Notice {
  readonly text: string;
  readonly isFailure: boolean;
}

type Show = (notice: Notice) => void;

const waiting: Notice[] = [];
let show: Show = (notice) => void waiting.push(notice);

export function say(text: string): void {
  show({ text, isFailure: false });
}

/** Says that something went wrong: screen readers say it at once. */
export function sayFailure(text: string): void {
  show({ text, isFailure: true });
}

/** From now on `next` shows all notices, those that wait first. */
export function showNotices(next: Show): void {
  show = next;
  for (const notice of waiting.splice(0)) next(notice);
}
