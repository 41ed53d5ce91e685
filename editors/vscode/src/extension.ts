/** Wires everything together. */

import * as vscode from "vscode";
import { registerCommands } from "./commands";
import { Context } from "./context";
import { SECTION } from "./settings";
import { StatusItem } from "./status";
import { HyperparametersView } from "./tree";

let running: Context | undefined;

/** For tests, and for other extensions that want to know. */
export interface Api {
  readonly context: Pick<Context, "state" | "onDidChangeState" | "request">;
  readonly view: Pick<
    HyperparametersView,
    "getChildren" | "getTreeItem" | "setFilter" | "onDidChangeTreeData"
  >;
}

export function activate(extension: vscode.ExtensionContext): Api {
  const context = new Context(extension.extensionPath);
  running = context;
  const view = new HyperparametersView(context);
  const restart = (): void => {
    context.restart().catch((error) => context.log.error(String(error)));
  };
  const restartIfLacking = () => {
    if (context.state.kind === "noInterpreter") restart();
  };
  extension.subscriptions.push(
    context,
    view,
    new StatusItem(context),
    registerCommands(context, view),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${SECTION}.interpreter`)) restart();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    // A server that runs needs no other Python: what it knows does not depend on it.
    vscode.workspace.onDidChangeWorkspaceFolders(restartIfLacking),
    vscode.extensions.onDidChange(restartIfLacking),
  );
  restart();
  return { context, view };
}

export async function deactivate(): Promise<void> {
  await running?.stop();
}
