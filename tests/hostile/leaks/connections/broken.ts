/** Tells its settings in every way that it has: as an answer, as an error, on both streams. */
export default {
  open: (settings: { readonly apiKey: string }) => {
    console.log(`opened with ${settings.apiKey}`);
    console.error({ settings });
    return settings;
  },
  calls: {
    tell: ({ apiKey }: { readonly apiKey: string }) => {
      if (apiKey.length % 2 === 0) throw new Error(`failed with ${apiKey}`, { cause: new Error(apiKey) });
      return { apiKey, base64: Buffer.from(apiKey).toString("base64") };
    },
  },
};
