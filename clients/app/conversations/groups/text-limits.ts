// The longest title and description of a group, in characters.
export const TITLE_MAX = 140;
export const DESCRIPTION_MAX = 500;
