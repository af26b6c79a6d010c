import { expect, test } from "vitest";
import type { Arrival, UploadRefusal } from "./arrival.ts";
import { Uploads } from "./uploads.ts";

/** Each limit is held twice: by what is announced, and by what comes. Here each stands alone. */
const owner = { id: "session", viewer: "viewer" };
const slot = "s".repeat(43);
const unlimited = { bytesPerFile: 1e9, bytesPerSession: 1e9, bytesPerViewer: 1e9, bytesInAll: 1e9 };

function open(
  limits: Partial<typeof unlimited> = {},
  more: { maxBytes?: number; extensions?: string[] } = {},
) {
  const { maxBytes = 1_000, extensions = [] } = more;
  const uploads = new Uploads({ ...unlimited, ...limits }, Date.now);
  const accept = { extensions, types: [] };
  uploads.open(owner, { slot, widget: "w", accept, folders: false, maxBytes, maxFiles: 2 });
  return uploads;
}

function begun(begins: Arrival | UploadRefusal): Arrival {
  if (typeof begins === "string") throw new Error(`It was refused: ${begins}.`);
  return begins;
}

test("what is announced as too large is refused before it comes", () => {
  expect(open().begin(slot, owner.viewer, { name: "a.csv", size: 1_001 })).toBe("too-large");
  const small = open({ bytesPerFile: 500 });
  expect(small.begin(slot, owner.viewer, { name: "a.csv", size: 501 })).toBe("too-large");
});

test("what is more than was announced is cut off at the limit, and nothing of it stays", () => {
  const uploads = open();
  const arrival = begun(uploads.begin(slot, owner.viewer, { name: "a.csv", size: 1 }));
  expect(arrival.add(Buffer.alloc(1_000, "a"))).toBeUndefined();
  expect(arrival.add(Buffer.from("a"))).toBe("too-large");
  expect(uploads.bytes).toBe(0);
  expect(uploads.finish(arrival)).toBe("gone");
});

test.each(["bytesPerSession", "bytesPerViewer", "bytesInAll"] as const)(
  "there is no room beyond %s, by what is announced and by what comes",
  (limit) => {
    const uploads = open({ [limit]: 100 });
    expect(uploads.begin(slot, owner.viewer, { name: "a.csv", size: 101 })).toBe("no-room");
    const arrival = begun(uploads.begin(slot, owner.viewer, { name: "a.csv", size: 1 }));
    expect(arrival.add(Buffer.alloc(101, "a"))).toBe("no-room");
    expect(uploads.bytes).toBe(0);
  },
);

test("a viewer sends so many at a time, and a widget holds so many", () => {
  const uploads = open();
  const begin = () => uploads.begin(slot, owner.viewer, { name: "a.csv", size: 1 });
  const arrivals = Array.from({ length: 8 }, () => begun(begin()));
  expect(begin()).toBe("too-many");
  for (const arrival of arrivals) {
    arrival.add(Buffer.from("a"));
    uploads.finish(arrival);
    uploads.end(arrival);
  }
  for (let left = 2; left > 0; left--) {
    const arrival = begun(begin());
    uploads.finish(arrival);
    uploads.end(arrival);
  }
  expect(begin()).toBe("too-many");
});

test("an ending that nobody asked for is refused before a byte is here, and bytes that do not fit when all are", () => {
  const uploads = open({}, { extensions: [".csv"] });
  expect(uploads.begin(slot, owner.viewer, { name: "a.exe", size: 1 })).toBe("type");
  const arrival = begun(uploads.begin(slot, owner.viewer, { name: "a.csv", size: 4 }));
  arrival.add(Buffer.from("MZ\0\0"));
  expect(uploads.finish(arrival)).toBe("type");
  expect(uploads.bytes).toBe(0);
});
