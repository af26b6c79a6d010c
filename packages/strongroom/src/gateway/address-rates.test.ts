import { expect, test } from "vitest";
import { AddressRates } from "./address-rates.ts";

test("one network may ask so often in a second, and others are not disturbed by it", () => {
  let now = 0;
  const rates = new AddressRates(10, () => now);
  const asks = (address: string, times: number): number =>
    Array.from({ length: times }, () => rates.take(address)).filter(Boolean).length;
  expect(asks("10.0.0.1", 100)).toBe(40);
  expect(asks("10.0.0.2", 10)).toBe(10);
  expect(asks("2001:db8::1", 30)).toBe(30);
  expect(asks("2001:db8::2", 30)).toBe(10); // the same /64
  now += 1_000;
  expect(asks("10.0.0.1", 100)).toBe(10);
});

test("a hundred thousand addresses are not remembered for ever", () => {
  const rates = new AddressRates(10, () => 0);
  for (let at = 0; at < 100_000; at++)
    expect(rates.take(`10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`)).toBe(true);
});
