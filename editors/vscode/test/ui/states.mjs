// What the view says where it has nothing to show, and why: a window without a Python, then without a hyperparameter.

import assert from "node:assert/strict";
import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";

export const NO_PYTHON = { "hpman.interpreter": "/no/such/python" };

export function addPlainFile(workspace) {
  writeFileSync(path.join(workspace, "plain.py"), "rate = 0.1\n");
}

/** A Python whose server does not begin before there is a file beside it. */
function addSlowPython(folder) {
  const python = path.join(folder, "slow-python");
  const script = `#!/bin/sh
case "$*" in *start.py*) while [ ! -e "$0-goes" ]; do sleep 0.1; done ;; esac
exec python3 "$@"
`;
  writeFileSync(python, script);
  chmodSync(python, 0o755);
  return python;
}

export const stateSteps = {
  async "without a Python one message tells why, and leads to the setting"(window) {
    await window.openFile("plain.py");
    await window.notification("hpman.interpreter is /no/such/python, which does not exist").waitFor();
    assert.equal(await window.page.locator(".notifications-toasts .notification-list-item").count(), 1);
    await window.command("Focus on Hyperparameters View");
    await window.welcome("found no Python 3.10 or newer").waitFor();
    await window.show("no-python");
    await window.page.locator(".notifications-toasts").getByRole("button", { name: "Choose Python" }).click();
    await window.page.locator(".settings-editor .setting-item-title", { hasText: "Interpreter" }).waitFor();
    await window.show("no-python-setting");
    await window.openFile("plain.py");
  },

  async "while the workspace is read the view says so"(window) {
    window.slow = addSlowPython(window.home);
    writeFileSync(
      path.join(window.data, "Machine", "settings.json"),
      JSON.stringify({ "hpman.interpreter": window.slow }),
    );
    await window.welcome("Reading the workspace").waitFor();
    await window.show("indexing");
  },

  async "where there is no hyperparameter the view tells how to write one"(window) {
    writeFileSync(`${window.slow}-goes`, "");
    await window.welcome("No hyperparameter in this workspace yet").waitFor();
    await window.show("no-hyperparameters");
  },

  async "the first hyperparameter is shown while it is typed"(window) {
    await window.openFile("plain.py");
    await window.keyboard.press("Control+End");
    await window.keyboard.insertText('from hpman.m import _\n_("lr", 1e-3)\n');
    await window.treeRow("lr= 1e-3").waitFor();
    await window.show("first-hyperparameter");
  },
};
