/** The Hyperparameters view. */

import * as vscode from "vscode";
import type { Context } from "./context";
import {
  buildTree,
  childrenOf,
  findNode,
  type HyperparameterNode,
  type Node,
  type ScopeNode,
  useNodes,
} from "./hyperparameters";
import { type HyperparameterReference, treeRequest, usesRequest } from "./protocol";
import { SECTION } from "./settings";
import { treeItem } from "./treeItem";

const VIEW = "hpman.hyperparameters";

export class HyperparametersView implements vscode.Disposable, vscode.TreeDataProvider<Node> {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<Node>;
  private readonly owned: readonly vscode.Disposable[];
  /** What is shown; undefined where it has to be asked for. */
  private roots: Promise<readonly ScopeNode[]> | undefined;
  private filter = "";

  constructor(private readonly context: Context) {
    this.view = vscode.window.createTreeView(VIEW, { treeDataProvider: this, showCollapseAll: true });
    this.owned = [
      this.changed,
      this.view,
      context.onDidChangeTree(() => this.refresh()),
      vscode.languages.onDidChangeDiagnostics(() => this.countProblems()),
    ];
    this.countProblems();
  }

  dispose(): void {
    for (const owned of this.owned) owned.dispose();
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (!node) return [...(await this.load())];
    if (node.kind !== "hyperparameter") return [...childrenOf(node)];
    const { scope, manager, hyperparameter } = node;
    const uses = await this.context.request(usesRequest, { scope, manager, name: hyperparameter.name });
    return [...useNodes(node, uses ?? [])];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return treeItem(node);
  }

  getParent(node: Node): Node | undefined {
    return node.parent;
  }

  /** Shows what has all of these words in its name or value. */
  async setFilter(filter: string): Promise<void> {
    this.filter = filter.trim();
    this.view.description = this.filter && `“${this.filter}”`;
    await setContext("filtered", this.filter !== "");
    this.refresh();
  }

  async askForFilter(): Promise<void> {
    const prompt = "Show hyperparameters whose name or value has all of these words";
    const filter = await vscode.window.showInputBox({
      prompt,
      placeHolder: "optimizer lr",
      value: this.filter,
    });
    if (filter !== undefined) await this.setFilter(filter);
  }

  /** Selects a hyperparameter in the view, which is opened for it. */
  async reveal(wanted: HyperparameterReference): Promise<void> {
    await vscode.commands.executeCommand(`${VIEW}.focus`);
    const node = await this.find(wanted);
    if (node) await this.view.reveal(node, { select: true, focus: true });
  }

  private async find(wanted: HyperparameterReference): Promise<HyperparameterNode | undefined> {
    const found = findNode(await this.load(), wanted);
    if (found || !this.filter) return found;
    await this.setFilter("");
    return findNode(await this.load(), wanted);
  }

  private refresh(): void {
    this.roots = undefined;
    this.changed.fire();
  }

  private load(): Promise<readonly ScopeNode[]> {
    this.roots ??= this.ask();
    return this.roots;
  }

  private async ask(): Promise<readonly ScopeNode[]> {
    const known = await this.context.request(treeRequest, {});
    const roots = known ? buildTree(known, this.filter) : [];
    await setContext("state", this.stateOf(roots, known?.complete ?? false));
    return roots;
  }

  /** Which of the texts of `viewsWelcome` is shown where there is nothing else. */
  private stateOf(roots: readonly ScopeNode[], complete: boolean): string {
    const { kind } = this.context.state;
    if (kind === "noInterpreter" || kind === "failed") return kind;
    if (roots.length > 0) return "shown";
    if (!complete) return "indexing";
    return this.filter ? "unmatched" : "empty";
  }

  private countProblems(): void {
    const found = vscode.languages.getDiagnostics().flatMap(([, diagnostics]) => diagnostics);
    const problems = found.filter(
      ({ source, severity }) => source === SECTION && severity <= vscode.DiagnosticSeverity.Warning,
    ).length;
    const tooltip = `${problems} ${problems === 1 ? "problem" : "problems"}`;
    // Set only where it changes: the event comes with every key that is typed.
    if (this.view.badge?.value === (problems || undefined)) return;
    this.view.badge = problems > 0 ? { value: problems, tooltip } : undefined;
  }
}

async function setContext(name: string, value: unknown): Promise<void> {
  await vscode.commands.executeCommand("setContext", `${SECTION}.${name}`, value);
}
