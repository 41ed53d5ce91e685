// What a user does, one step after the other in one window. A step leaves the window as the next one expects it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

const EDITOR = { x: 348, y: 35, width: 932, height: 400 };

export const steps = {
  async "problems of all files are shown"(window) {
    await window.openFile("faulty/run.py");
    await window.squiggle("error").first().waitFor();
    await window.squiggle("warning").first().waitFor();
    await window.keyboard.press("Control+Shift+M");
    await window.problem("duplicate-default").nth(1).waitFor();
    await window.problem("missing-default").first().waitFor();
    await window.show("problems", { x: 348, y: 35, width: 932, height: 735 });
    await window.keyboard.press("Control+Shift+M");
    await window.focusEditor();
  },

  async hover(window) {
    await window.openFile("digits/train.py");
    const hover = await window.rest(window.text("optimizer.lr"), window.hover("optimizer.lr: float = 1e-3"));
    assert.match(await hover.innerText(), /model\.py:17/);
    await window.show("hover", EDITOR);
    await window.leave();
  },

  async "F12 goes to the default in another file"(window) {
    await window.goTo(12, 16);
    await window.popUp("F12", window.tab("model.py"));
    await window.cursorAt(17, 15).waitFor();
    await window.show("definition");
  },

  async "Shift F12 lists the uses in both files"(window) {
    const peek = window.page.locator(".reference-zone-widget");
    await window.popUp("Shift+F12", peek);
    await peek.locator(".ref-tree .monaco-list-row").nth(3).waitFor();
    assert.match(await peek.locator(".peekview-title").innerText(), /References \(3\)/);
    await window.show("references", { ...EDITOR, height: 700 });
    await window.keyboard.press("Escape");
    await peek.waitFor({ state: "hidden" });
  },

  async "F2 renames in both files, and on disk"(window) {
    await window.goTo(17, 26); // on the last part: a part before it is a group, and is renamed with all in it
    const box = await window.renameBox();
    await box.fill("optimizer.rate");
    await window.show("rename", { ...EDITOR, height: 480 });
    await window.keyboard.press("Enter");
    await box.waitFor({ state: "hidden" });
    await window.waitForLine(/_\("optimizer\.rate", 1e-3/);
    await window.saveAll();
    const text = (name) => readFileSync(path.join(window.workspace, "digits", name), "utf8");
    assert.equal(text("model.py").match(/"optimizer\.rate"/g)?.length, 2);
    assert.match(text("train.py"), /_\("optimizer\.rate"\)/);
    assert.doesNotMatch(text("model.py") + text("train.py"), /optimizer\.lr/);
    await window.show("renamed");
  },

  async "a rename to a name that exists is refused, and says why"(window) {
    const box = await window.renameBox();
    await box.fill("hidden");
    await window.keyboard.press("Enter");
    await window.notification("hidden").waitFor();
    await window.show("rename-refused");
    await window.command("Notifications: Clear All Notifications");
    await window.focusEditor();
  },

  async "names are completed in a string that is not finished"(window) {
    await window.openFile("digits/train.py");
    await window.goTo(21, 1);
    await window.keyboard.press("End");
    await window.keyboard.press("Enter");
    await window.keyboard.insertText('print(_("hid');
    const row = window.page.locator(".suggest-widget .monaco-list-row", { hasText: "hidden" });
    await window.popUp("Control+Space", row);
    await window.show("completion");
    await window.keyboard.press("Tab");
    await window.waitForLine(/print\(_\("hidden/);
    await window.revert();
  },

  async "Ctrl T finds names in all files"(window) {
    await window.ask("Control+T", "#epochs");
    await window.pick("epochs").waitFor();
    await window.show("workspace-symbols");
    await window.keyboard.press("Enter");
    await window.tab("train.py").waitFor();
    await window.cursorAt(19, 27).waitFor();
  },

  async "a quick fix mends a problem"(window) {
    await window.openFile("faulty/run.py");
    await window.goTo(10, 27);
    const fix = await window.popUp("Control+.", window.menuRow("dropout"));
    await window.show("quick-fix");
    await fix.click();
    await window.waitForLine(/_\("dropout"\)/);
    await window.squiggle("warning").first().waitFor({ state: "detached" });
    await window.show("quick-fix-done");
    await window.revert();
    await window.squiggle("warning").first().waitFor();
  },

  async "the view shows every name with its value, and a click goes there"(window) {
    await window.openFile("digits/train.py");
    await window.command("Focus on Hyperparameters View");
    await window.treeRow("= 128").waitFor();
    await window.treeRow("2 defaults").waitFor();
    await window.treeRow("rate= 1e-3").click();
    await window.tab("model.py").waitFor();
    await window.cursorAt(17, 29).waitFor(); // behind the name, which is selected
    await window.treeRow("rate= 1e-3").locator(".monaco-tl-twistie").click();
    await window.treeRow("digits/train.py:12").waitFor();
    await window.show("view", { x: 0, y: 35, width: 1040, height: 480 });
    await window.treeRow("digits/train.py:12").click();
    await window.tab("train.py").waitFor();
    await window.show("view-use");
  },

  async "the view shows what is filtered for"(window) {
    await window.command("Focus on Hyperparameters View");
    await window.page.getByRole("button", { name: "Filter", exact: true }).first().click();
    await window.quickInput.fill("optim rate");
    await window.keyboard.press("Enter");
    await window.treeRow("= 128").waitFor({ state: "detached" });
    await window.treeRow("rate= 1e-3").waitFor();
    await window.show("view-filtered");
    await window.page.getByRole("button", { name: "Clear Filter", exact: true }).first().click();
    await window.treeRow("= 128").waitFor();
    await window.focusEditor();
  },

  async "the name and the value of a row are copied"(window) {
    await window.chooseFromMenu(window.treeRow("rate= 1e-3"), "Copy Name");
    await window.page.waitForFunction(
      async () => (await navigator.clipboard.readText()) === "optimizer.rate",
    );
    await window.chooseFromMenu(window.treeRow("rate= 1e-3"), "Copy Value");
    await window.page.waitForFunction(async () => (await navigator.clipboard.readText()) === "1e-3");
    await window.retry(() => window.openMenu(window.treeRow("rate= 1e-3"), "Copy Value"));
    await window.show("view-menu");
    await window.closeMenu();
    await window.focusEditor();
  },

  async "all uses of a name that is asked for are listed"(window) {
    await window.command("hpman: Find All Uses of a Hyperparameter");
    await window.quickInput.fill("optimizer.rate");
    await window.pick("optimizer.rate").waitFor();
    await window.show("uses-asked");
    await window.keyboard.press("Enter");
    await window.page.locator(".sidebar", { hasText: "3 results in 2 files" }).waitFor();
    await window.show("uses-listed");
    await window.focusEditor();
  },

  async "the report is a table of all names"(window) {
    await window.command("hpman: Show Report");
    const page = window.page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
    await page.locator("tr", { hasText: "batch_size" }).first().waitFor();
    await window.show("report");
    await page.locator("section", { hasText: "digits/train.py" }).getByRole("button").first().click();
    await window.quickInput.waitFor();
    await window.show("report-save");
    await window.keyboard.press("Enter");
    await page.locator("#notice", { hasText: "Saved hyperparameters.yaml" }).waitFor();
    const saved = readFileSync(path.join(window.workspace, "hyperparameters.yaml"), "utf8");
    assert.match(saved, /^batch_size: 128$/m);
    await page.locator("tr", { hasText: "batch_size" }).locator("a").first().click();
    await window.tab("train.py").waitFor();
    await window.cursorAt(20, 58).waitFor();
  },

  async "the cells of a notebook are checked as one program"(window) {
    await window.openFile("look.ipynb");
    const notebook = window.page.locator(".notebookOverlay");
    await notebook.locator(".squiggly-warning").first().waitFor();
    await notebook.locator(".view-line", { hasText: "= 0.5" }).waitFor(); // an inlay hint, of another cell's value
    assert.equal(await notebook.locator(".squiggly-warning, .squiggly-error").count(), 1);
    await window.show("notebook");
  },

  async "the status item tells the state and the program of the file"(window) {
    await window.openFile("digits/train.py");
    const item = window.page.locator("#status\\.languageStatus");
    const told = window.page.locator(".monaco-hover .hover-language-status", { hasText: "hpman: ready" });
    await window.rest(item, told.first());
    assert.match(await told.first().innerText(), /digits\/train\.py/);
    await window.show("status");
    await window.leave();
  },

  async "a link in a hover shows the name in the view"(window) {
    await window.retry(async () => {
      const hover = await window.rest(window.text("warmup"), window.hover("warmup: int"));
      await hover.getByText("Show in view").click({ timeout: 10_000 });
    });
    await window.leave();
    await window.page.locator(".sidebar .monaco-list-row.selected", { hasText: "warmup= 3" }).waitFor();
    await window.show("shown-in-view");
    await window.focusEditor();
  },

  async "the walkthrough tells how to begin"(window) {
    await window.command("hpman: Get Started");
    const page = window.page.locator(".gettingStartedContainer");
    await page.getByText("Define one where you need it").first().waitFor();
    await window.keyboard.press("Control+B"); // the pictures are left out where there is little room
    await page.getByText("All of them at a glance").first().click();
    await page.getByText("Show Report").waitFor();
    await window.page.waitForFunction(
      () => document.querySelector(".getting-started-media img")?.naturalWidth > 0,
    );
    await window.show("walkthrough");
    await window.keyboard.press("Control+B");
    await page.getByText("Define one where you need it").first().click();
    await page.getByRole("button", { name: "New Python File" }).click();
    await window.page.locator(".tab.active", { hasText: "Untitled-1" }).waitFor();
  },

  async "a file that was never saved has names"(window) {
    await window.focusEditor();
    await window.keyboard.insertText('from hpman.m import _\n_("seed", 7)\nprint(_("seed"))\n');
    await window.waitForLine(/print\(_\("seed"\)\s*= 7\)/);
    await window.show("unsaved");
    await window.command("Revert and Close Editor");
    await window.page.locator(".tab", { hasText: "Untitled-1" }).waitFor({ state: "detached" });
  },

  async "the server is restarted, and problems come back"(window) {
    const before = window.servers();
    await window.command("hpman: Restart Server");
    await window.until(() => window.servers().some((id) => !before.includes(id)), "another server");
    await window.openFile("faulty/run.py");
    await window.rest(window.text('"drop_out"'), window.hover("hyperparameter of the manager"));
    await window.leave();
    await window.squiggle("error").first().waitFor();
    await window.treeRow("= 128").waitFor();
    await window.show("restarted");
  },
};
