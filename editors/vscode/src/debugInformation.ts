/** What a report of a fault needs: versions, scopes, counts and timings. No source text. */

import * as os from "node:os";
import * as vscode from "vscode";
import type { Context } from "./context";
import { debugInfoRequest } from "./protocol";
import { SECTION, serverSettings } from "./settings";

export async function copyDebugInformation(context: Context): Promise<void> {
  const text = await debugInformation(context);
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage("hpman: debug information is in the clipboard", 5_000);
}

/** Markdown, to be pasted into an issue. */
async function debugInformation(context: Context): Promise<string> {
  const facts = {
    extension: vscode.extensions.getExtension("hpman.hpman")?.packageJSON.version,
    editor: `${vscode.env.appName} ${vscode.version}`,
    remote: vscode.env.remoteName ?? null,
    platform: `${process.platform} ${process.arch} ${os.release()}`,
    node: process.version,
    interpreter: context.interpreter ?? null,
    state: context.state,
    trusted: vscode.workspace.isTrusted,
    folders: vscode.workspace.workspaceFolders?.length ?? 0,
    settings: serverSettings(vscode.workspace.getConfiguration().get(SECTION)),
    pythonExtensions: pythonExtensions(),
    server: (await context.request(debugInfoRequest, {})) ?? null,
  };
  return `\`\`\`json\n${JSON.stringify(facts, null, 2)}\n\`\`\`\n`;
}

/** Other extensions that answer for Python files: what else can have caused what is seen. */
function pythonExtensions(): string[] {
  return vscode.extensions.all
    .filter(({ packageJSON }) => packageJSON.activationEvents?.includes("onLanguage:python"))
    .map(({ id, packageJSON }) => `${id} ${packageJSON.version}`)
    .sort();
}
