/** Life beside a real Python server, basedpyright: whoever of the two is asked first. */

import assert from "node:assert/strict";
import type * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/node";
import {
  command,
  edited,
  eventually,
  fileUri,
  hoversAt,
  open,
  placeOf,
  ready,
  rename,
  type Test,
} from "./harness";

const client = new LanguageClient(
  "other",
  "another Python server",
  { command: process.env["OTHER_PYTHON_SERVER"] ?? "", args: ["--stdio"] },
  { documentSelector: [{ scheme: "file", language: "python" }] },
);

export const besideTests: Readonly<Record<string, Test>> = {
  async "hovers of another Python server stand beside ours"() {
    await client.start();
    const document = await open("digits/train.py");
    const place = placeOf(document, '$0_("optimizer.lr")');
    const texts = await eventually(async () => {
      const found = await hoversAt(document, place);
      return found.length > 1 && found;
    });
    assert.equal(texts.filter((text) => text.includes("optimizer.lr: float = 1e-3")).length, 1);
    assert.equal(texts.length, 2);
  },

  "where the other server was started last, each renames what is its own": eachRenamesItsOwn,

  async "where ours was started last, each renames what is its own"() {
    await command("hpman.restartServer");
    await ready();
    await eachRenamesItsOwn();
  },

  async "the definition of a hyperparameter is the call with the default alone"() {
    const document = await open("digits/train.py");
    const links = await command<vscode.LocationLink[]>(
      "vscode.executeDefinitionProvider",
      document.uri,
      placeOf(document, '_("optimizer.l$0r")'),
    );
    assert.deepEqual(
      links.map((link) => link.targetUri.path),
      [fileUri("digits/model.py").path],
    );
    await client.stop();
  },
};

async function eachRenamesItsOwn(): Promise<void> {
  const document = await open("digits/train.py");
  const name = await rename(document, placeOf(document, '_("optimizer.l$0r")'), "optimizer.rate");
  assert.deepEqual(edited(name), { "model.py": 2, "train.py": 1 });
  const symbol = await eventually(async () => {
    const edit = await rename(document, placeOf(document, "def learning$0_rate"), "rate_at");
    return edit.size > 0 && edit;
  });
  assert.deepEqual(edited(symbol), { "train.py": 2 });
}
