// A folder that is not trusted, and then is. Its own Python leaves a mark whenever it is run.

import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const PYTHON = `#!/bin/sh
touch "$(dirname "$0")/was-run"
exec python3 "$@"
`;

export function addEnvironment(workspace) {
  const folder = path.join(workspace, ".venv", "bin");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "python"), PYTHON);
  chmodSync(path.join(folder, "python"), 0o755);
}

const wasRun = (window) => existsSync(path.join(window.workspace, ".venv", "bin", "was-run"));

export const trustSteps = {
  async "in a folder that is not trusted its Python is not run, and another one answers"(window) {
    await window.openFile("digits/train.py");
    await window.page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor();
    const hover = await window.rest(window.text("optimizer.lr"), window.hover("optimizer.lr: float = 1e-3"));
    assert.doesNotMatch(await hover.innerText(), /Rename/); // a command of a hover is for trusted folders
    assert.ok(!wasRun(window));
    await window.show("restricted");
    await window.leave();
  },

  async "once it is trusted its Python is the one"(window) {
    await window.command("Workspaces: Manage Workspace Trust");
    const trust = window.page.locator(".workspace-trust-editor").getByRole("button", { name: /^Trust$/ });
    await trust.first().waitFor();
    await window.show("trust-asked");
    await trust.first().click();
    await window.until(() => wasRun(window), "the workspace's Python is run");
    await window.openFile("digits/train.py");
    const hover = await window.rest(window.text("optimizer.lr"), window.hover("Rename"));
    assert.match(await hover.innerText(), /optimizer\.lr: float = 1e-3/);
    await window.show("trusted");
    await window.leave();
  },
};
