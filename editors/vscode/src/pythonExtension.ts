/** Asks the Python extension, where there is one, which interpreter is selected. Nothing depends on it. */

import * as vscode from "vscode";

const ID = "ms-python.python";
/** It may be looking for environments all over the disk; our server can run with another Python meanwhile. */
const PATIENCE_MS = 3_000;

/** The part of its API (stable since 2023) that is used here. */
interface PythonExtension {
  readonly environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    resolveEnvironment(
      environment: object,
    ): Promise<{ readonly executable: { readonly uri?: vscode.Uri } } | undefined>;
  };
}

/** The path of the selected interpreter; undefined where there is none, or no answer in time. */
export async function chosenInterpreter(resource: vscode.Uri | undefined): Promise<string | undefined> {
  const extension = vscode.extensions.getExtension<PythonExtension>(ID);
  if (!extension) return undefined;
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), PATIENCE_MS));
  const answer = ask(extension, resource).catch(() => undefined);
  return Promise.race([answer, late]);
}

async function ask(
  extension: vscode.Extension<PythonExtension>,
  resource: vscode.Uri | undefined,
): Promise<string | undefined> {
  const { environments } = await extension.activate();
  const active = environments.getActiveEnvironmentPath(resource);
  return (await environments.resolveEnvironment(active))?.executable.uri?.fsPath;
}
