import { st } from "strongroom";

const megabyte = new Uint8Array(1_000_000).fill(65);
/** The test reads how the streams ended: from here nothing else leaves. */
const ended = st.cacheResource(() => ({ streams: [] as string[], made: 0 }))();

async function* parts(count: number, name: string) {
  try {
    for (let at = 0; at < count; at++) {
      ended.made++;
      yield megabyte;
    }
    ended.streams.push(`${name} whole`);
  } finally {
    ended.streams.push(`${name} ended`);
  }
}

st.downloadButton("Large", () => parts(300, "large"), { fileName: "large.bin" });
st.downloadButton("Endless", () => parts(Infinity, "endless"), { fileName: "endless.bin" });
st.downloadButton(
  "Torn",
  () =>
    (async function* () {
      yield* parts(3, "torn");
      throw new Error("no more");
    })(),
  { fileName: "torn.bin" },
);
st.downloadButton("Deadly", () =>
  (async function* () {
    yield* parts(3, "deadly");
    process.exit(9);
  })(),
);
st.downloadButton("Waiting", () => {
  let isFirst = true;
  return new ReadableStream({
    pull(controller) {
      if (!isFirst) return new Promise<void>(() => undefined);
      isFirst = false;
      controller.enqueue(megabyte);
      return undefined;
    },
    cancel: () => void ended.streams.push("waiting ended"),
  });
});
st.button("Look");
st.text(`ended: ${ended.streams.join(", ")}; made: ${ended.made}`);
