// Short notices above the page, such as the reason why an action was refused. The component that
// shows them is not in the first load: until it is here, notices wait.

export interface Notice {
  readonly text: string;
  readonly isFailure: boolean;
}

type Show = (notice: Notice) => void;

const waiting: Notice[] = [];
let onWaiting = () => {};
let show: Show = (notice) => {
  waiting.push(notice);
  onWaiting();
};

export function say(text: string): void {
  show({ text, isFailure: false });
}

/** Says that something went wrong: screen readers say it at once. */
export function sayFailure(text: string): void {
  show({ text, isFailure: true });
}

/** Calls `listener` when a notice waits, and none has been shown yet. */
export function whenNoticeWaits(listener: () => void): void {
  onWaiting = listener;
  if (waiting.length > 0) listener();
}

/** From now on `next` shows all notices, those that wait first. */
export function showNotices(next: Show): void {
  show = next;
  for (const notice of waiting.splice(0)) next(notice);
}
