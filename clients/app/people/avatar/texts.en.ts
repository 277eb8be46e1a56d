// The texts of one's own picture.

export const avatar = {
  heading: "Picture",
  hint: "People find you more easily at an event when they know your face.",
  add: "Add a picture",
  change: "Change picture",
  remove: "Remove",
  removeTitle: "Remove your picture?",
  removeText: "Others will see your initials instead.",
  removed: "Your picture is removed.",
  shown: "Your new picture is shown.",
  title: "Your picture",
};
