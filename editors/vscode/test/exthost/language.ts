/** What the editor answers on hyperparameters, through its own commands. */

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { RequestType } from "vscode-languageclient/node";
import {
  codeOf,
  command,
  edited,
  eventually,
  fileUri,
  hoversAt,
  open,
  openReader,
  placeOf,
  problemsOf,
  ready,
  rename,
  shown,
  type Test,
  undoAll,
} from "./harness";

const renameRequest = new RequestType<object, unknown, void>("textDocument/rename");

export const languageTests: Readonly<Record<string, Test>> = {
  async "a hover shows the value in force, its place and its uses"() {
    await ready();
    const { document, place } = await openReader();
    const text = (await hoversAt(document, place)).join("\n");
    assert.match(text, /optimizer\.lr: float = 1e-3/);
    assert.match(text, /model\.py:17/);
    assert.match(text, /3 uses in 2 files/);
  },

  async "off hyperparameters there is no hover"() {
    const document = await open("plain.py");
    const place = placeOf(document, "learning$0_rate");
    assert.deepEqual(await hoversAt(document, place), []);
  },

  async "the definition is the call with the default, in another file"() {
    const { document, place } = await openReader();
    const links = await command<vscode.LocationLink[]>(
      "vscode.executeDefinitionProvider",
      document.uri,
      place,
    );
    assert.deepEqual(
      links.map((link) => shown(link.targetUri, link.targetSelectionRange ?? link.targetRange)),
      ["digits/model.py:17"],
    );
  },

  async "references are found in files that are not open"() {
    const { document, place } = await openReader();
    const found = await command<vscode.Location[]>("vscode.executeReferenceProvider", document.uri, place);
    assert.deepEqual(
      found.map(({ uri, range }) => shown(uri, range)),
      ["digits/model.py:12", "digits/model.py:17", "digits/train.py:12"],
    );
  },

  async "a rename edits every file"() {
    const { document, place } = await openReader();
    const edit = await rename(document, place, "optimizer.rate");
    assert.deepEqual(edited(edit), { "model.py": 2, "train.py": 1 });
  },

  async "a rename to a name that exists is refused with the reason"() {
    const { document, place } = await openReader();
    await assert.rejects(async () => rename(document, place, "hidden"), /hidden/);
  },

  async "a rename that was never prepared changes nothing off our names"() {
    const { context } = await ready();
    const document = await open("plain.py");
    const { line, character } = placeOf(document, "learning$0_rate");
    const answer = await context.request(renameRequest, {
      textDocument: { uri: document.uri.toString() },
      position: { line, character },
      newName: "rate",
    });
    assert.equal(answer, null);
  },

  async "names are completed in a string that is not finished"() {
    const document = await open("digits/train.py");
    const end = document.lineAt(document.lineCount - 1).range.end;
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, end, '\nprint(_("optimizer.');
    await vscode.workspace.applyEdit(edit);
    const at = document.lineAt(document.lineCount - 1).range.end;
    const list = await command<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      at,
    );
    await undoAll(document);
    const labels = list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
    assert.ok(labels.includes("optimizer.lr") && labels.includes("optimizer.name"), labels.join());
  },

  async "problems of files that are not open are told, with the other place"() {
    const found = await problemsOf(fileUri("faulty/layers.py"));
    assert.deepEqual(found.map(codeOf), ["duplicate-default"]);
    assert.equal(found[0]?.source, "hpman");
    const [related] = found[0]?.relatedInformation ?? [];
    assert.equal(related && shown(related.location.uri, related.location.range), "faulty/run.py:10");
  },

  async "the symbols of a file are its hyperparameters"() {
    const document = await open("digits/model.py");
    const symbols = await command<vscode.DocumentSymbol[]>(
      "vscode.executeDocumentSymbolProvider",
      document.uri,
    );
    const names = symbols.map(({ name }) => name);
    for (const name of ["optimizer.name", "optimizer.lr", "hidden"])
      assert.ok(names.includes(name), names.join());
  },

  async "the symbols of the workspace are found by a part of their name"() {
    const symbols = await command<vscode.SymbolInformation[]>(
      "vscode.executeWorkspaceSymbolProvider",
      "optim",
    );
    assert.ok(symbols.some(({ name }) => name === "optimizer.name"));
  },

  async "the value behind a call is shown after it"() {
    const document = await open("digits/train.py");
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = await eventually(async () => {
      const found = await command<vscode.InlayHint[]>("vscode.executeInlayHintProvider", document.uri, whole);
      return found.length > 0 && found;
    });
    assert.deepEqual(
      hints.map(({ label, position }) => [label, position.line + 1]),
      [["= 1e-3", 12]],
    );
  },

  async "a signature is shown inside of a call"() {
    const document = await open("digits/model.py");
    const place = placeOf(document, '_("hidden", $064)');
    const help = await command<vscode.SignatureHelp>(
      "vscode.executeSignatureHelpProvider",
      document.uri,
      place,
    );
    assert.equal(help.signatures[0]?.label, "_(name, default, **hints)");
    assert.equal(help.activeParameter, 1);
  },

  async "every occurrence in the file is highlighted"() {
    const document = await open("digits/model.py");
    const place = placeOf(document, '_("optim$0izer.lr", 1e-3');
    const found = await command<vscode.DocumentHighlight[]>(
      "vscode.executeDocumentHighlights",
      document.uri,
      place,
    );
    assert.deepEqual(found.map(({ range }) => range.start.line + 1).sort(), [12, 17]);
  },
};
