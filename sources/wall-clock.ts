/** For caches whose entries end at a time of day: a process that slept must not take them for younger than they are. */
export const WALL_CLOCK = { now: () => Date.now() };
