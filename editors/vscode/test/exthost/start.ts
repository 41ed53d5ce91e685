/** How it begins: nothing runs until there is Python. */

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { eventually, hoversAt, openReader, serverProcesses, type Test } from "./harness";

export const startTests: Readonly<Record<string, Test>> = {
  async "nothing runs in a window where no Python file was opened"() {
    assert.equal(vscode.extensions.getExtension("hpman.hpman")?.isActive, false);
    assert.deepEqual(serverProcesses(), []);
  },

  async "the first Python file that is opened starts it"() {
    const opened = performance.now();
    const { document, place } = await openReader();
    await eventually(() => vscode.extensions.getExtension("hpman.hpman")?.isActive);
    const active = performance.now();
    await eventually(async () => (await hoversAt(document, place)).length > 0);
    const hovered = performance.now();
    const after = (time: number) => `${(time - opened).toFixed()} ms`;
    return `active after ${after(active)}, the first hover after ${after(hovered)}`;
  },
};
