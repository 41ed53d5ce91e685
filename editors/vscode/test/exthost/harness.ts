/** Runs tests inside the editor's extension host, and gives them what they share. */

import { readdirSync, readFileSync } from "node:fs";
import * as vscode from "vscode";
import type { Api } from "../../src/extension";

/** A text that it gives is a note on what was measured. */
export type Test = () => Promise<unknown>;

export async function runAll(tests: Readonly<Record<string, Test>>): Promise<void> {
  const lines = [`# VS Code ${vscode.version}`];
  let failed = 0;
  for (const [name, test] of Object.entries(tests)) {
    try {
      const note = await test();
      lines.push(`ok - ${name}${typeof note === "string" ? `: ${note}` : ""}`);
    } catch (error) {
      failed += 1;
      lines.push(`not ok - ${name}: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
  console.log(lines.join("\n"));
  if (failed > 0) throw new Error(`${failed} failed`);
}

/** What `look` gives, as soon as that is something. */
export async function eventually<T>(
  look: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`never: ${look}`);
}

export async function api(): Promise<Api> {
  const extension = vscode.extensions.getExtension<Api>("hpman.hpman");
  if (!extension) throw new Error("the extension is not there");
  return extension.activate();
}

export async function ready(): Promise<Api> {
  const ours = await api();
  await eventually(() => ours.context.state.kind === "ready");
  return ours;
}

export function fileUri(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error("no folder is open");
  return vscode.Uri.joinPath(folder.uri, name);
}

export async function open(name: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(fileUri(name));
  await vscode.window.showTextDocument(document);
  return document;
}

/** Where in the document's text a piece begins that is in it; `$0` in the piece is the place. */
export function placeOf(document: vscode.TextDocument, piece: string): vscode.Position {
  const start = document.getText().indexOf(piece.replace("$0", ""));
  if (start < 0) throw new Error(`${document.uri.path} has no ${piece}`);
  return document.positionAt(start + Math.max(0, piece.indexOf("$0")));
}

/** `model.py:17` */
export function shown(uri: vscode.Uri, range: vscode.Range): string {
  return `${uri.path.split("/").slice(-2).join("/")}:${range.start.line + 1}`;
}

/** The text of each hover that is shown at a place. */
export async function hoversAt(document: vscode.TextDocument, place: vscode.Position): Promise<string[]> {
  const hovers = await command<vscode.Hover[]>("vscode.executeHoverProvider", document.uri, place);
  return hovers.map(({ contents }) =>
    contents.map((content) => (typeof content === "string" ? content : content.value)).join("\n"),
  );
}

export function rename(
  document: vscode.TextDocument,
  place: vscode.Position,
  name: string,
): Thenable<vscode.WorkspaceEdit> {
  return command("vscode.executeDocumentRenameProvider", document.uri, place, name);
}

/** How many edits each file has, by its name. */
export function edited(edit: vscode.WorkspaceEdit): Record<string, number> {
  return Object.fromEntries(edit.entries().map(([uri, edits]) => [uri.path.split("/").at(-1), edits.length]));
}

/** The problems of a file or cell, as soon as there are some. */
export function problemsOf(uri: vscode.Uri): Promise<vscode.Diagnostic[]> {
  return eventually(() => {
    const problems = vscode.languages.getDiagnostics(uri);
    return problems.length > 0 && problems;
  });
}

export function codeOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === "object" ? code.value : code;
}

/** A file of the test workspace that reads `optimizer.lr`, and the place of that name in it. */
export async function openReader(): Promise<{ document: vscode.TextDocument; place: vscode.Position }> {
  const document = await open("digits/train.py");
  return { document, place: placeOf(document, '_("optimizer.l$0r")') };
}

export function command<T>(name: string, ...args: readonly unknown[]): Thenable<T> {
  return vscode.commands.executeCommand<T>(name, ...args);
}

export async function undoAll(document: vscode.TextDocument): Promise<void> {
  await vscode.window.showTextDocument(document);
  await command("workbench.action.files.revert");
}

/** The ids of the server's processes, which are children of this one. */
export function serverProcesses(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && isOurServer(name))
    .map(Number);
}

function isOurServer(id: string): boolean {
  try {
    const parent = /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1];
    const line = readFileSync(`/proc/${id}/cmdline`, "utf8");
    return parent === String(process.pid) && line.includes("bundled/start.py");
  } catch {
    return false;
  }
}
