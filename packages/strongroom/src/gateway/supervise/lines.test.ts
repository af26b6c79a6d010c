import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { readLines } from "./lines.ts";

function listen(limits: { maxChars: number; perSecond: number; burst: number }) {
  const stream = new PassThrough();
  const clock = { time: 0 };
  const heard: string[] = [];
  const seen: string[] = [];
  const listener = {
    seen: (line: string) => void seen.push(line),
    line: (line: string) => void heard.push(line),
    leftOut: (count: number) => void heard.push(`(${count})`),
  };
  readLines(stream, { ...limits, now: () => clock.time }, listener);
  const say = async (text: string): Promise<void> => {
    stream.write(text);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { stream, clock, heard, seen, say };
}

test("joins what came in parts, and cuts lines that are too long", async () => {
  const { heard, say } = listen({ maxChars: 5, perSecond: 10, burst: 10 });
  await say("ab");
  await say("c\nd\n1234567\nlast");
  expect(heard).toEqual(["abc", "d", "12345"]);
});

test("a line without an end does not grow in memory", async () => {
  const { heard, say } = listen({ maxChars: 5, perSecond: 10, burst: 10 });
  await say("123456789");
  await say("ab\n");
  expect(heard).toEqual(["12345", "ab"]);
});

test("leaves out what is more than allowed, and says how much", async () => {
  const { clock, heard, seen, say } = listen({ maxChars: 5, perSecond: 1, burst: 2 });
  await say("a\nb\nc\nd\n");
  expect(heard).toEqual(["a", "b"]);
  expect(seen).toEqual(["a", "b", "c", "d"]);
  clock.time = 1_000;
  await say("e\n");
  expect(heard).toEqual(["a", "b", "(2)", "e"]);
});
