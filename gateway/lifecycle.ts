/** Where a gateway is in its life. */
export interface Lifecycle {
  /** Whether it is about to end: it answers as before, and asks to be sent nothing more. */
  readonly draining: boolean;
  /** There is no way back. */
  drain(): void;
}

export function createLifecycle(): Lifecycle {
  let draining = false;
  return {
    get draining() {
      return draining;
    },
    drain() {
      draining = true;
    },
  };
}

declare global {
  var gatehouseLifecycle: Lifecycle | undefined;
}

/** That of this process. Next bundles what hears the signals apart from the routes, each with a copy of this module. */
export function processLifecycle(): Lifecycle {
  globalThis.gatehouseLifecycle ??= createLifecycle();
  return globalThis.gatehouseLifecycle;
}
