// What a user does in a window of VS Code, and what can be seen there.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Away from what shows something where the pointer rests. */
const AWAY = [900, 700];

export class Window {
  constructor(page, { workspace, data, home, stop }) {
    Object.assign(this, { page, workspace, data, home, stop });
    this.keyboard = page.keyboard;
    this.quickInput = page.locator(".quick-input-widget input.input").first();
    this.menu = page.locator(".context-view-block").first();
  }

  /** @param clip The part of the window; all of it, if none is named. */
  screenshot(file, clip) {
    return this.page.screenshot({ path: file, animations: "disabled", ...(clip && { clip }) });
  }

  /** The first row of the quick input that has this text. */
  pick(text) {
    return this.page.locator(".quick-input-list .monaco-list-row", { hasText: text }).first();
  }

  async ask(key, text) {
    await this.keyboard.press(key);
    await this.quickInput.waitFor({ timeout: 10_000 });
    await this.quickInput.fill(text, { timeout: 10_000 });
  }

  async openFile(name) {
    const file = path.basename(name);
    // At first the list holds what was open lately.
    const row = this.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: file });
    await this.retry(async () => {
      await this.choose("Control+P", name, row);
      await this.tab(file).waitFor({ timeout: 15_000 });
    });
  }

  async command(title) {
    await this.choose("F1", `>${title}`, this.pick(title));
  }

  /** Clicks a row of the quick input, again from the start if something took the focus and so closed it. */
  async choose(key, text, row) {
    await this.retry(async () => {
      await this.ask(key, text);
      await row.click({ timeout: 10_000 });
    });
    await this.leave();
  }

  /** Clicks a row of the menu that a thing has under the right button; the menu is closed then. */
  chooseFromMenu(thing, title) {
    return this.retry(async () => {
      const row = await this.openMenu(thing, title);
      await row.click({ timeout: 10_000 });
      // In its first tenth of a second a menu takes no click, and stays.
      const stays = () => row.click({ timeout: 10_000 });
      await this.menu.waitFor({ state: "hidden", timeout: 1_000 }).catch(stays);
      await this.menu.waitFor({ state: "hidden", timeout: 10_000 });
    });
  }

  /** Opens the menu that a thing has under the right button, and gives its row of this title. */
  async openMenu(thing, title) {
    await this.closeMenu(); // nothing can be clicked under an open one
    // The menu opens while the button is pressed, over what is clicked: a click that looks for that would never end.
    await thing.click({ button: "right", force: true, timeout: 10_000 });
    const row = this.page.getByRole("menuitem", { name: title });
    await row.waitFor({ timeout: 10_000 });
    return row;
  }

  /** A menu lies on a pane over all of the window; a click on that closes it, wherever the focus is. */
  async closeMenu() {
    if (await this.menu.isVisible()) await this.menu.click({ position: { x: 1, y: 1 }, timeout: 10_000 });
    await this.menu.waitFor({ state: "hidden", timeout: 10_000 });
  }

  /** Puts the cursor there; lines and columns are counted from 1. */
  goTo(line, column) {
    return this.retry(async () => {
      await this.ask("Control+G", `:${line}:${column}`);
      await this.keyboard.press("Enter");
      await this.page.locator(".quick-input-widget").waitFor({ state: "hidden", timeout: 10_000 });
      await this.cursorAt(line, column).waitFor({ timeout: 10_000 });
    });
  }

  focusEditor() {
    return this.keyboard.press("Control+1");
  }

  async saveAll() {
    await this.command("File: Save All");
    await this.unchanged();
  }

  async revert() {
    await this.command("File: Revert File");
    await this.unchanged();
  }

  /** No file has changes that are not saved. */
  unchanged() {
    return this.page.locator(".tabs-container .tab.dirty").first().waitFor({ state: "detached" });
  }

  /** The file of this name is in front. */
  tab(file) {
    return this.page.locator(`.tabs-container .tab.active[data-resource-name="${file}"]`);
  }

  /**
   * Presses a key until something is to be seen: what pops up over an editor is closed again when the text's
   * problems are published under it.
   */
  popUp(key, locator) {
    return this.retry(async () => {
      await this.keyboard.press(key);
      await locator.first().waitFor({ timeout: 10_000 });
      return locator.first();
    });
  }

  /** Rests the pointer on something until what that shows is there. */
  rest(thing, shown) {
    return this.retry(async () => {
      await this.leave();
      await thing.hover({ timeout: 10_000 });
      await shown.waitFor({ timeout: 10_000 });
      return shown;
    });
  }

  /** Moves the pointer away. */
  leave() {
    return this.page.mouse.move(...AWAY);
  }

  /** The box that asks for a new name, as soon as the old one is selected in it: what is typed before is marked. */
  async renameBox() {
    const box = await this.popUp("F2", this.page.locator(".rename-box input.rename-input"));
    await this.page.waitForFunction(() => {
      const { selectionStart, selectionEnd } = document.querySelector(".rename-box input.rename-input");
      return selectionStart < selectionEnd;
    });
    return box;
  }

  /** Makes a gesture again if something came between; only gestures: what follows from them is waited for. */
  async retry(gesture, tries = 6) {
    for (let left = tries - 1; ; left--) {
      try {
        return await gesture();
      } catch (error) {
        if (left === 0) throw error;
        console.log(`  once more, as ${error.message.split("\n", 1)[0]}`);
        await this.keyboard.press("Escape");
      }
    }
  }

  /** Waits until this is so: for what is outside of the page. */
  async until(isSo, what) {
    for (const end = Date.now() + 120_000; !isSo(); await sleep(100)) {
      if (Date.now() > end) throw new Error(`never: ${what}`);
    }
  }

  waitForLine(pattern) {
    return this.page.waitForFunction(
      ([source, flags]) => {
        const shown = [...document.querySelectorAll(".editor-instance .view-line")];
        const pattern = new RegExp(source, flags);
        return shown.some((line) => pattern.test(line.textContent.replaceAll("\u00a0", " ")));
      },
      [pattern.source, pattern.flags],
    );
  }

  /** The piece of an editor's line that holds this text. */
  text(text) {
    return this.page.locator(".editor-instance .view-lines .view-line span span", { hasText: text }).first();
  }

  hover(text) {
    const shown = this.page.locator(".monaco-hover .hover-contents", { hasText: text });
    return shown.filter({ visible: true }).first(); // one that was closed may be left
  }

  squiggle(severity) {
    return this.page.locator(`.editor-instance .squiggly-${severity}`);
  }

  problem(text) {
    return this.page.locator(".markers-panel .monaco-list-row", { hasText: text });
  }

  notification(text) {
    return this.page
      .locator(".notifications-toasts .notification-list-item-message", { hasText: text })
      .first();
  }

  cursorAt(line, column) {
    return this.page.locator("#status\\.editor\\.selection", { hasText: `Ln ${line}, Col ${column}` });
  }

  /** A row of the menu of quick fixes. */
  menuRow(text) {
    return this.page.locator(".action-widget .monaco-list-row", { hasText: text }).first();
  }

  /** What the Hyperparameters view says where it has nothing to show. */
  welcome(text) {
    return this.page.locator(".pane-body .welcome-view-content", { hasText: text }).first();
  }

  /** The ids of the processes of our server in this window. */
  servers() {
    return readdirSync("/proc").filter((name) => {
      try {
        const line = readFileSync(`/proc/${name}/cmdline`, "utf8");
        return line.includes(this.home) && line.includes("bundled/start.py");
      } catch {
        return false; // no process, or one that is gone
      }
    });
  }

  /** A row of the Hyperparameters view. */
  treeRow(text) {
    return this.page
      .locator(".pane-body .tree-explorer-viewlet-tree-view .monaco-list-row", { hasText: text })
      .first();
  }
}
