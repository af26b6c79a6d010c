/**
 * Every viewer of a worker is handed the same proxy, which reads and writes what is the viewer's own. These traps keep
 * it from being changed itself: what one viewer's run could leave on it, another's would find.
 */
export const unchanging: Readonly<
  Pick<ProxyHandler<object>, "defineProperty" | "preventExtensions" | "setPrototypeOf">
> = {
  defineProperty: () => false,
  preventExtensions: () => false,
  setPrototypeOf: () => false,
};
