// The texts of the menu of a conversation in a list.

export const rowMenu = {
  markRead: "Mark as read",
  markUnread: "Mark as unread",
  favourite: "Add to favourites",
  noFavourite: "Remove from favourites",
  mute: {
    open: "Mute",
    hour: "For 1 hour",
    hours: "For 8 hours",
    week: "For 1 week",
    always: "Until I unmute it",
  },
  unmute: "Unmute",
  unmuteBefore: "Unmute (muted until {{date}})",
  archive: "Archive",
  unarchive: "Move out of the archive",
  hide: "Hide until the next message",
  clear: "Clear history",
  leave: "Leave",
  ask: {
    clear: {
      title: "Clear the history?",
      text: "You no longer see any message of this conversation, on all your devices. Others still see them.",
      confirm: "Clear",
    },
    leave: {
      title: "Leave this conversation?",
      text: "You no longer get its messages. Only a member who may add people can add you again.",
      confirm: "Leave",
    },
  },
};
