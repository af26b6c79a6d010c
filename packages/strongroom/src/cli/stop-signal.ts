const forced: Readonly<Record<string, number>> = { SIGINT: 130, SIGTERM: 143 };

/** Resolves when the process is asked to stop; asked a second time, it ends at once. */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let isAsked = false;
    for (const [signal, code] of Object.entries(forced)) {
      process.on(signal, () => {
        if (isAsked) process.exit(code);
        isAsked = true;
        resolve();
      });
    }
  });
}
