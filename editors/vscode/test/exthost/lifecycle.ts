/** Settings, restarts, deaths, and commands. */

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { command, eventually, fileUri, open, problemsOf, ready, serverProcesses, type Test } from "./harness";

const MANIFEST = vscode.extensions.getExtension("hpman.hpman")?.packageJSON;

export const lifecycleTests: Readonly<Record<string, Test>> = {
  async "every command of the manifest is there"() {
    await ready();
    const known = new Set(await vscode.commands.getCommands(true));
    const contributed: { command: string }[] = MANIFEST.contributes.commands;
    assert.deepEqual(
      contributed.map(({ command: id }) => id).filter((id) => !known.has(id)),
      [],
    );
  },

  async "a changed setting works without a restart"() {
    const [before] = serverProcesses();
    const problems = () => vscode.languages.getDiagnostics(fileUri("faulty/layers.py")).length;
    await eventually(() => problems() > 0);
    const settings = vscode.workspace.getConfiguration("hpman");
    await settings.update("exclude", ["faulty"], vscode.ConfigurationTarget.Workspace);
    await eventually(() => problems() === 0);
    await settings.update("exclude", undefined, vscode.ConfigurationTarget.Workspace);
    await eventually(() => problems() > 0);
    assert.deepEqual(serverProcesses(), [before]);
  },

  async "uses are counted above a default as soon as that is asked for"() {
    const document = await open("digits/model.py");
    const titles = async () => {
      const lenses = await command<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri, 10);
      return lenses.map((lens) => lens.command?.title);
    };
    const settings = vscode.workspace.getConfiguration("hpman");
    assert.deepEqual(await titles(), []);
    await settings.update("codeLens.enabled", true, vscode.ConfigurationTarget.Workspace);
    await eventually(async () => (await titles()).includes("3 uses in 2 files"));
    await settings.update("codeLens.enabled", undefined, vscode.ConfigurationTarget.Workspace);
    await eventually(async () => (await titles()).length === 0);
  },

  async "restarts at the same time leave one server"() {
    const before = serverProcesses();
    await Promise.all([1, 2, 3, 4].map(() => command("hpman.restartServer")));
    await ready();
    const after = await eventually(() => serverProcesses().length === 1 && serverProcesses());
    assert.notDeepEqual(after, before);
  },

  async "a server that dies is started again, and knows everything again"() {
    const { context } = await ready();
    const [id = 0] = serverProcesses();
    const seen: string[] = [];
    const listener = context.onDidChangeState(({ kind }) => seen.push(kind));
    process.kill(id, "SIGKILL");
    await eventually(() => seen.includes("waiting") && context.state.kind === "ready");
    listener.dispose();
    await problemsOf(fileUri("faulty/layers.py"));
    assert.notEqual(serverProcesses()[0], id);
  },

  async "an interpreter that is none is told, and mended without a restart of the editor"() {
    const { context } = await ready();
    const settings = vscode.workspace.getConfiguration("hpman");
    await settings.update("interpreter", "/no/such/python", vscode.ConfigurationTarget.Workspace);
    await eventually(() => context.state.kind === "noInterpreter");
    assert.match(
      JSON.stringify(context.state),
      /hpman\.interpreter is \/no\/such\/python, which does not exist/,
    );
    assert.deepEqual(serverProcesses(), []);
    await settings.update("interpreter", undefined, vscode.ConfigurationTarget.Workspace);
    await ready();
  },

  async "debug information holds versions, and no text of a file"() {
    await ready();
    await command("hpman.copyDebugInformation");
    const text = await vscode.env.clipboard.readText();
    assert.match(text, new RegExp(`"extension": "${MANIFEST.version}"`));
    assert.match(text, /"version": "3\.\d+\.\d+"/);
    assert.doesNotMatch(text, /optimizer/);
  },
};
