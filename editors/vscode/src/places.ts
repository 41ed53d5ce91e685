/** Places in files: from the protocol, for people, and in an editor. */

import * as vscode from "vscode";
import type { Location, Position, Range } from "vscode-languageclient/node";

export function toLocation({ uri, range }: Location): vscode.Location {
  return new vscode.Location(vscode.Uri.parse(uri, true), toRange(range));
}

export function toPosition({ line, character }: Position): vscode.Position {
  return new vscode.Position(line, character);
}

/** `lib/model.py:12` */
export function shownPlace({ uri, range }: vscode.Location): string {
  return `${vscode.workspace.asRelativePath(uri)}:${range.start.line + 1}`;
}

/** Opens the document (of a notebook: the cell), selects the place and gives it the focus. */
export async function openPlace({ uri, range }: vscode.Location): Promise<void> {
  await vscode.commands.executeCommand("vscode.open", uri, { selection: range });
}

/** Lists every use of the hyperparameter at a place in the editor's own view of references. */
export async function listUses(location: vscode.Location): Promise<void> {
  await openPlace(location);
  await vscode.commands.executeCommand("references-view.findReferences");
}

/** Asks for a new name of the hyperparameter at a place. */
export async function renameAt(location: vscode.Location): Promise<void> {
  await openPlace(location);
  await vscode.commands.executeCommand("editor.action.rename", [location.uri, location.range.start]);
}

function toRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(toPosition(start), toPosition(end));
}
