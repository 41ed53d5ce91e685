import assert from "node:assert/strict";
import { test } from "node:test";
import { Serial } from "../../src/serial";

/** A piece of work that ends when it is told to. */
function work() {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { ended, end };
}

test("only one is under way at a time, in the order asked for", async () => {
  const serial = new Serial();
  const first = work();
  const log: string[] = [];
  const one = serial.run(async () => {
    log.push("first begins");
    await first.ended;
    log.push("first ends");
  });
  await Promise.resolve();
  const two = serial.run(async () => {
    log.push("second");
  });
  first.end();
  await Promise.all([one, two]);
  assert.deepEqual(log, ["first begins", "first ends", "second"]);
});

test("what is asked for while one waits is that one", async () => {
  const serial = new Serial();
  const first = work();
  let count = 0;
  const one = serial.run(() => first.ended);
  await Promise.resolve();
  const rest = [1, 2, 3].map(() =>
    serial.run(async () => {
      count += 1;
    }),
  );
  first.end();
  await Promise.all([one, ...rest]);
  assert.equal(count, 1);
});

test("a failure is told to who asked, and does not stop what comes after", async () => {
  const serial = new Serial();
  await assert.rejects(
    serial.run(() => Promise.reject(new Error("no"))),
    /no/,
  );
  let done = false;
  await serial.run(async () => {
    done = true;
  });
  assert.ok(done);
});
