/** The commands, one function each. */

import * as vscode from "vscode";
import { type Location, type ReferenceParams, RequestType } from "vscode-languageclient/node";
import type { Context } from "./context";
import { copyDebugInformation } from "./debugInformation";
import { type GroupNode, type HyperparameterNode, type UseNode, valueText } from "./hyperparameters";
import { listUses, openPlace, renameAt, toLocation, toPosition } from "./places";
import {
  type Hyperparameter,
  type HyperparameterReference,
  type PlaceArguments,
  treeRequest,
  usesRequest,
} from "./protocol";
import { Report } from "./report";
import { SECTION } from "./settings";
import type { HyperparametersView } from "./tree";

const referencesRequest = new RequestType<ReferenceParams, Location[] | null, void>(
  "textDocument/references",
);

type Place = HyperparameterNode | UseNode;

/** Every command that package.json or the protocol names. */
export function registerCommands(context: Context, view: HyperparametersView): vscode.Disposable {
  const report = new Report(context);
  const table: Readonly<Record<string, (...args: never[]) => unknown>> = {
    "hpman.findUsesOfHyperparameter": () => findUsesOfOne(context),
    "hpman.showReport": () => report.show(),
    "hpman.restartServer": () => context.restartAfresh(),
    "hpman.showLogs": () => context.log.show(),
    "hpman.copyDebugInformation": () => copyDebugInformation(context),
    "hpman.openWalkthrough": openWalkthrough,
    "hpman.chooseInterpreter": chooseInterpreter,
    "hpman.tree.filter": () => view.askForFilter(),
    "hpman.tree.clearFilter": () => view.setFilter(""),
    "hpman.tree.open": (node: Place) => atPlace(context, node, openPlace),
    "hpman.tree.findUses": (node: Place) => atPlace(context, node, listUses),
    "hpman.tree.rename": (node: Place) => atPlace(context, node, renameAt),
    "hpman.tree.copyName": (node: HyperparameterNode | GroupNode) => copy(nameOf(node)),
    "hpman.tree.copyValue": (node: HyperparameterNode) => copy(node.hyperparameter.value ?? ""),
    "hpman.showReferences": (...place: PlaceArguments) => showReferences(context, place),
    "hpman.findUses": (...place: PlaceArguments) => listUses(locationOf(place)),
    "hpman.rename": (...place: PlaceArguments) => renameAt(locationOf(place)),
    "hpman.revealInView": (scope: string, manager: string, name: string) =>
      view.reveal({ scope, manager, name }),
  };
  const commands = Object.entries(table).map(([id, handler]) => vscode.commands.registerCommand(id, handler));
  return vscode.Disposable.from(report, ...commands);
}

interface Pick extends vscode.QuickPickItem {
  readonly reference: HyperparameterReference;
  readonly hyperparameter: Hyperparameter;
}

async function findUsesOfOne(context: Context): Promise<void> {
  const chosen = await vscode.window.showQuickPick(picks(context), {
    placeHolder: "Name or value of a hyperparameter",
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!chosen) return;
  const place = await firstPlace(context, chosen.reference, chosen.hyperparameter);
  if (place) await listUses(place);
}

async function picks(context: Context): Promise<Pick[]> {
  const known = await context.request(treeRequest, {});
  return (known?.scopes ?? []).flatMap((scope) =>
    scope.managers.flatMap((manager) =>
      manager.hyperparameters.map((hyperparameter) => ({
        label: hyperparameter.name,
        description: valueText(hyperparameter) ?? "no value",
        detail: `${manager.name} in ${scope.name}`,
        reference: { scope: scope.id, manager: manager.name, name: hyperparameter.name },
        hyperparameter,
      })),
    ),
  );
}

async function atPlace(
  context: Context,
  node: Place,
  act: (place: vscode.Location) => Promise<void>,
): Promise<void> {
  const place = node.kind === "use" ? toLocation(node.use.location) : await placeOf(context, node);
  if (place) await act(place);
}

function placeOf(context: Context, node: HyperparameterNode): Promise<vscode.Location | undefined> {
  const { scope, manager, hyperparameter } = node;
  return firstPlace(context, { scope, manager, name: hyperparameter.name }, hyperparameter);
}

/** The default's place; that of the first use where there is none. */
async function firstPlace(
  context: Context,
  reference: HyperparameterReference,
  { definitions: [definition] }: Hyperparameter,
): Promise<vscode.Location | undefined> {
  if (definition) return toLocation(definition);
  const [use] = (await context.request(usesRequest, reference)) ?? [];
  return use && toLocation(use.location);
}

async function showReferences(context: Context, [uri, position]: PlaceArguments): Promise<void> {
  const found = await context.request(referencesRequest, {
    textDocument: { uri },
    position,
    context: { includeDeclaration: true },
  });
  await vscode.commands.executeCommand(
    "editor.action.showReferences",
    vscode.Uri.parse(uri, true),
    toPosition(position),
    (found ?? []).map(toLocation),
  );
}

function locationOf([uri, position]: PlaceArguments): vscode.Location {
  return new vscode.Location(vscode.Uri.parse(uri, true), toPosition(position));
}

function nameOf(node: HyperparameterNode | GroupNode): string {
  return node.kind === "group" ? node.name : node.hyperparameter.name;
}

async function copy(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
}

async function openWalkthrough(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.openWalkthrough", "hpman.hpman#start", false);
}

async function chooseInterpreter(): Promise<void> {
  // It is a setting of the machine that the extension runs on: a remote window shows it there only.
  const where = vscode.env.remoteName === undefined ? "openSettings" : "openRemoteSettings";
  await vscode.commands.executeCommand(`workbench.action.${where}`, { query: `${SECTION}.interpreter` });
}
