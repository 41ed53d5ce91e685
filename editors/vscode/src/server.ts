/** Finds the Python that runs the bundled server, and starts it. */

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { realpath } from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import { findInterpreter, type Interpreter, type Probe, type Search } from "./interpreter";
import { chosenInterpreter } from "./pythonExtension";
import { expandPath, SECTION } from "./settings";

const PROBE = "import sys; print('%d.%d.%d' % sys.version_info[:3])";
/** An interpreter on a network drive may take long; one that opens a shop instead never answers. */
const PROBE_MS = 15_000;

/**
 * Isolated: no PYTHON* variable, no user's or environment's packages, no .pth file, not the current folder.
 * What the server imports is in the extension; an environment's older pygls must not come before it.
 */
const ISOLATED = ["-I", "-S"];

export function searchInterpreter(): Promise<Search> {
  const folders = workspacePaths();
  const setting = vscode.workspace.getConfiguration(SECTION).get<string>("interpreter", "");
  return findInterpreter({
    setting: expandPath(setting, { workspaceFolder: folders[0], env: process.env }),
    folders,
    trusted: vscode.workspace.isTrusted,
    searchPath: process.env["PATH"] ?? "",
    platform: process.platform,
    chosen: () => chosenInterpreter(vscode.workspace.workspaceFolders?.[0]?.uri),
    realPath: (at) => realpath(at).catch(() => undefined),
    probe,
  });
}

/** Starts the server; its protocol is on stdin and stdout, its log on stderr. */
export function spawnServer(interpreter: Interpreter, extensionPath: string): ChildProcess {
  const start = path.join(extensionPath, "bundled", "start.py");
  return spawn(interpreter.path, [...ISOLATED, "-X", "utf8", start], {
    // Not a workspace folder, which could not be moved or deleted on Windows as long as the server runs.
    cwd: os.homedir(),
    stdio: "pipe",
    windowsHide: true,
  });
}

function probe(python: string): Promise<Probe> {
  return new Promise((resolve) => {
    const options = { timeout: PROBE_MS, cwd: os.homedir(), windowsHide: true };
    execFile(python, [...ISOLATED, "-c", PROBE], options, (error, stdout) => {
      const version = /^\d+\.\d+\.\d+/.exec(stdout)?.[0];
      if (version) resolve({ version });
      else if (error?.code === "ENOENT") resolve({ failure: "does not exist" });
      else if (error?.killed) resolve({ failure: "does not answer" });
      else resolve({ failure: "is no Python that can be run" });
    });
  });
}

function workspacePaths(): string[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.filter(({ uri }) => uri.scheme === "file").map(({ uri }) => uri.fsPath);
}
