// Whether the device is used by fingers alone, as phones are.

export const onTouchScreen = matchMedia("(hover: none) and (pointer: coarse)");
