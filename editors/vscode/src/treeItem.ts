/** How the nodes of the Hyperparameters view look. */

import * as vscode from "vscode";
import {
  childrenOf,
  countUses,
  fileValuesText,
  type HyperparameterNode,
  type Node,
  type UseNode,
  valueText,
} from "./hyperparameters";
import { shownPlace, toLocation } from "./places";
import type { Hyperparameter, Use } from "./protocol";

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

const USE_ICONS: Readonly<Record<Use["kind"], string>> = {
  definition: "symbol-constant",
  write: "edit",
  read: "arrow-small-right",
};

export function treeItem(node: Node): vscode.TreeItem {
  const item = itemOf(node);
  item.id = node.id;
  return item;
}

function itemOf(node: Node): vscode.TreeItem {
  switch (node.kind) {
    case "scope":
      return named(node.scope.name, "package", { tooltip: node.scope.reason, contextValue: "scope" });
    case "manager": {
      const tooltip = `from hpman.m import ${node.manager.name}`;
      const description = String(node.manager.hyperparameters.length);
      return named(node.manager.name, "settings", { tooltip, description, contextValue: "manager" });
    }
    case "group": {
      const description = String(childrenOf(node).length);
      return named(node.label, "symbol-namespace", {
        tooltip: node.name,
        description,
        contextValue: "group",
      });
    }
    case "hyperparameter":
      return hyperparameterItem(node);
    default:
      return useItem(node);
  }
}

function named(label: string, icon: string, rest: Partial<vscode.TreeItem>): vscode.TreeItem {
  return Object.assign(new vscode.TreeItem(label, Expanded), { iconPath: new vscode.ThemeIcon(icon) }, rest);
}

function hyperparameterItem(node: HyperparameterNode): vscode.TreeItem {
  const { hyperparameter, label } = node;
  const item = new vscode.TreeItem(label, hyperparameter.uses > 0 ? Collapsed : None);
  item.description = description(hyperparameter);
  item.tooltip = tooltip(hyperparameter);
  item.iconPath = iconOf(hyperparameter);
  item.contextValue = hyperparameter.value === null ? "hyperparameter" : "hyperparameter.valued";
  item.command = { command: "hpman.tree.open", title: "Go to Definition", arguments: [node] };
  return item;
}

function useItem(node: UseNode): vscode.TreeItem {
  const { location, kind, text } = node.use;
  const place = shownPlace(toLocation(location));
  const item = new vscode.TreeItem(place, None);
  item.description = text;
  item.tooltip = `${kind} in ${place}: ${text}`;
  item.iconPath = new vscode.ThemeIcon(USE_ICONS[kind] ?? "arrow-small-right");
  item.contextValue = "use";
  item.command = { command: "hpman.tree.open", title: "Go to Use", arguments: [node] };
  return item;
}

function description(hyperparameter: Hyperparameter): string {
  const text = valueText(hyperparameter);
  const own = text === hyperparameter.value && text !== undefined ? `= ${text}` : text;
  const inFiles = fileValuesText(hyperparameter);
  return [own, inFiles].filter((one) => one !== undefined).join(", ") || "no value";
}

function iconOf({ problems }: Hyperparameter): vscode.ThemeIcon {
  return problems.length > 0
    ? new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"))
    : new vscode.ThemeIcon("symbol-constant");
}

function tooltip(hyperparameter: Hyperparameter): vscode.MarkdownString {
  const { name, type, value, fileValues, moreFileValues, hints, problems } = hyperparameter;
  const text = new vscode.MarkdownString();
  text.appendCodeblock(`${name}${type ? `: ${type}` : ""}${value === null ? "" : ` = ${value}`}`, "python");
  for (const one of fileValues) listed(text, `${one.value} in ${shownPlace(toLocation(one.location))}`);
  if (moreFileValues > 0) listed(text, `and in ${moreFileValues} more value files`);
  for (const hint of hints) listed(text, `${hint.key}: ${hint.value}`);
  text.appendMarkdown(`\n${countUses(hyperparameter)}`);
  for (const problem of problems) text.appendMarkdown(`\n\n$(warning) ${problem}`);
  text.supportThemeIcons = true;
  return text;
}

function listed(text: vscode.MarkdownString, line: string): void {
  text.appendMarkdown("- ").appendText(line).appendMarkdown("\n");
}
