import assert from "node:assert/strict";
import { test } from "node:test";
import { delayAfter } from "../../src/backoff";

test("each death in a row waits longer, and in the end there is no start any more", () => {
  const delays = [1, 2, 3, 4, 5, 6].map((count) => delayAfter(Array.from({ length: count }, (_, i) => i)));
  assert.deepEqual(delays, [0.5, 1, 2, 4, 8, undefined]);
});

test("deaths of long ago are forgotten", () => {
  assert.equal(delayAfter([0, 1, 2, 3, 4, 5, 1000]), 0.5);
});
