// What a user does in a file of values; the steps of the same window as those of steps.mjs, after them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

export const valueSteps = {
  async "a key that names nothing is told, and one that does shows what it names"(window) {
    await window.openFile("configs/quick.yaml");
    await window.squiggle("warning").first().waitFor();
    const hover = await window.rest(window.text("epochs"), window.hover("epochs: int = 20"));
    assert.match(await hover.innerText(), /digits\/train\.py:19/);
    await window.show("values");
    await window.leave();
  },

  async "F12 goes from a key to the default in Python"(window) {
    await window.goTo(3, 3);
    await window.popUp("F12", window.tab("train.py"));
    await window.cursorAt(19, 27).waitFor();
    await window.show("values-definition");
  },

  async "F2 on a key renames in Python too, and on disk"(window) {
    await window.openFile("configs/quick.yaml");
    await window.goTo(3, 3);
    const box = await window.renameBox();
    await box.fill("rounds");
    await window.keyboard.press("Enter");
    await box.waitFor({ state: "hidden" });
    await window.waitForLine(/^rounds: 2$/);
    await window.show("values-renamed");
    await window.saveAll();
    const text = (...name) => readFileSync(path.join(window.workspace, ...name), "utf8");
    assert.match(text("configs", "quick.yaml"), /^rounds: 2$/m);
    assert.match(text("digits", "train.py"), /_\("rounds", 20\)/);
  },
};
