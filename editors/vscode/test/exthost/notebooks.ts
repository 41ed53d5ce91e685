/** Cells of notebooks: one program, in the order that is to be seen. */

import assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  codeOf,
  command,
  eventually,
  fileUri,
  hoversAt,
  placeOf,
  problemsOf,
  ready,
  rename,
  type Test,
} from "./harness";

const IMPORT = "from hpman.m import _";

export const notebookTests: Readonly<Record<string, Test>> = {
  async "the cells of a notebook share their names, and magics are no faults"() {
    await ready();
    const notebook = await vscode.workspace.openNotebookDocument(fileUri("look.ipynb"));
    await vscode.window.showNotebookDocument(notebook);
    const [, first, second, third] = cellsOf(notebook);
    if (!first || !second || !third) throw new Error("the notebook has too few cells");
    const place = placeOf(third, '_("note.l$0r")');
    await eventually(async () => (await hoversAt(third, place)).join().includes("note.lr: float = 0.5"));
    const found = await command<vscode.Location[]>("vscode.executeReferenceProvider", third.uri, place);
    assert.deepEqual(
      found.map(({ uri, range }) => [uri.toString(), range.start.line]),
      [
        [second.uri.toString(), 0],
        [third.uri.toString(), 0],
      ],
    );
    const edit = await rename(third, place, "note.rate");
    assert.deepEqual(
      edit.entries().map(([uri, edits]) => [uri.toString(), edits.length]),
      [
        [second.uri.toString(), 1],
        [third.uri.toString(), 1],
      ],
    );
    assert.deepEqual((await problemsOf(third.uri)).map(codeOf), ["missing-default"]);
    assert.deepEqual(vscode.languages.getDiagnostics(first.uri), []);
    assert.deepEqual(vscode.languages.getDiagnostics(second.uri), []);
    await command("workbench.action.closeAllEditors");
  },

  async "a cell that is inserted above counts for those below, and no more when it is deleted"() {
    const notebook = await newNotebook('_("below", 1)');
    const below = firstOf(notebook);
    const place = placeOf(below, "bel$0ow");
    await insert(notebook, 0, IMPORT);
    await eventually(async () => (await hoversAt(below, place)).join().includes("below: int = 1"));
    await change(notebook, vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(0, 1)));
    await eventually(async () => (await hoversAt(below, place)).length === 0);
    await command("workbench.action.closeAllEditors");
  },

  async "cells that change places change their order for us too"() {
    const notebook = await newNotebook(IMPORT, '_("lr", 1)', "_ = print");
    const middle = cellsOf(notebook)[1];
    if (!middle) throw new Error("a cell is missing");
    const place = placeOf(middle, "l$0r");
    await eventually(async () => (await hoversAt(middle, place)).join().includes("lr: int = 1"));
    const editor = vscode.window.activeNotebookEditor;
    if (!editor) throw new Error("no notebook is shown");
    editor.selection = new vscode.NotebookRange(2, 3);
    await command("notebook.cell.moveUp");
    await eventually(() => cellsOf(notebook)[2] === middle);
    await eventually(async () => (await hoversAt(middle, place)).length === 0);
    await command("workbench.action.closeAllEditors");
  },

  async "a notebook that was never saved has names too"() {
    const notebook = await newNotebook(`${IMPORT}\n_("scratch", 1)`, 'print(_("scratch"), _("nowhere"))');
    const second = cellsOf(notebook)[1];
    if (!second) throw new Error("a cell is missing");
    await eventually(async () =>
      (await hoversAt(second, placeOf(second, "scra$0tch"))).join().includes("= 1"),
    );
    assert.deepEqual((await problemsOf(second.uri)).map(codeOf), ["missing-default"]);
    const edit = await rename(second, placeOf(second, "scra$0tch"), "kept");
    assert.equal(edit.size, 2);
    await command("workbench.action.closeAllEditors");
  },

  async "a Python file that was never saved has names too"() {
    const content = `${IMPORT}\n_("scratch", 1)\nprint(_("scratch"))\n`;
    const document = await vscode.workspace.openTextDocument({ language: "python", content });
    await vscode.window.showTextDocument(document);
    const place = placeOf(document, 'print(_("scra$0tch');
    await eventually(async () => (await hoversAt(document, place)).join().includes("scratch: int = 1"));
    const edit = await rename(document, place, "kept");
    assert.deepEqual(
      edit.entries().map(([uri, edits]) => [uri.toString(), edits.length]),
      [[document.uri.toString(), 2]],
    );
    await command("workbench.action.revertAndCloseActiveEditor");
  },
};

async function newNotebook(...sources: readonly string[]): Promise<vscode.NotebookDocument> {
  const data = new vscode.NotebookData(sources.map(cell));
  const notebook = await vscode.workspace.openNotebookDocument("jupyter-notebook", data);
  await vscode.window.showNotebookDocument(notebook);
  return notebook;
}

function cell(source: string): vscode.NotebookCellData {
  return new vscode.NotebookCellData(vscode.NotebookCellKind.Code, source, "python");
}

function cellsOf(notebook: vscode.NotebookDocument): vscode.TextDocument[] {
  return notebook.getCells().map(({ document }) => document);
}

function firstOf(notebook: vscode.NotebookDocument): vscode.TextDocument {
  return notebook.cellAt(0).document;
}

function insert(notebook: vscode.NotebookDocument, index: number, source: string): Promise<void> {
  return change(notebook, vscode.NotebookEdit.insertCells(index, [cell(source)]));
}

async function change(notebook: vscode.NotebookDocument, ...edits: vscode.NotebookEdit[]): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.set(notebook.uri, edits);
  assert.ok(await vscode.workspace.applyEdit(edit));
}
