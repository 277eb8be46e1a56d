// Time as an argument: code that needs the time takes a clock, so that a test can set it.

export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
