/** The tree of the Hyperparameters view, made of what the server knows. Knows no editor. */

import type { Hyperparameter, Hyperparameters, Manager, Scope, Use } from "./protocol";

export type Node = ScopeNode | ManagerNode | GroupNode | HyperparameterNode | UseNode;

interface Common {
  /** Unique in the tree, and the same as long as the thing is. */
  readonly id: string;
  readonly parent: Node | undefined;
}

export interface ScopeNode extends Common {
  readonly kind: "scope";
  readonly scope: Scope;
  readonly children: readonly Node[];
}

export interface ManagerNode extends Common {
  readonly kind: "manager";
  readonly manager: Manager;
  readonly children: readonly Node[];
}

/** `optimizer` of `optimizer.lr`. */
export interface GroupNode extends Common {
  readonly kind: "group";
  /** The dotted name of the group, and its last segment. */
  readonly name: string;
  readonly label: string;
  readonly children: readonly Node[];
}

export interface HyperparameterNode extends Common {
  readonly kind: "hyperparameter";
  readonly scope: string;
  readonly manager: string;
  readonly hyperparameter: Hyperparameter;
  /** The last segment of the name. */
  readonly label: string;
}

export interface UseNode extends Common {
  readonly kind: "use";
  readonly use: Use;
}

/**
 * The roots of the tree.
 *
 * @param filter Words, each of which a name or its value has to contain, in any case; empty for all.
 */
export function buildTree({ scopes }: Pick<Hyperparameters, "scopes">, filter = ""): readonly ScopeNode[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return scopes.map((scope) => scopeNode(scope, words)).filter(({ children }) => children.length > 0);
}

export function childrenOf(node: Node): readonly Node[] {
  return "children" in node ? node.children : [];
}

/** The nodes of a hyperparameter's uses. */
export function useNodes(parent: HyperparameterNode, uses: readonly Use[]): readonly UseNode[] {
  return uses.map((use, index) => ({ kind: "use", id: `${parent.id}#${index}`, parent, use }));
}

/** The node of one hyperparameter. */
export function findNode(
  roots: readonly Node[],
  wanted: { readonly scope: string; readonly manager: string; readonly name: string },
): HyperparameterNode | undefined {
  for (const node of roots) {
    if (node.kind !== "hyperparameter") {
      const found = findNode(childrenOf(node), wanted);
      if (found) return found;
    } else if (
      node.scope === wanted.scope &&
      node.manager === wanted.manager &&
      node.hyperparameter.name === wanted.name
    ) {
      return node;
    }
  }
  return undefined;
}

/** `3 uses in 2 files`. */
export function countUses({ uses, files }: Pick<Hyperparameter, "uses" | "files">): string {
  return `${uses} ${uses === 1 ? "use" : "uses"} in ${files} ${files === 1 ? "file" : "files"}`;
}

/** `1e-3`; `2 defaults` where there is more than one; undefined where nothing gives a value. */
export function valueText({
  value,
  definitions,
}: Pick<Hyperparameter, "value" | "definitions">): string | undefined {
  return definitions.length > 1 ? `${definitions.length} defaults` : (value ?? undefined);
}

/** `0.5 in run.yaml`; `3 values in files` where there are more; undefined where no value file has the name. */
export function fileValuesText({
  fileValues,
  moreFileValues,
}: Pick<Hyperparameter, "fileValues" | "moreFileValues">): string | undefined {
  const [first, ...others] = fileValues;
  if (!first) return undefined;
  const count = 1 + others.length + moreFileValues;
  return count > 1 ? `${count} values in files` : `${first.value} in ${fileName(first.location.uri)}`;
}

function fileName(uri: string): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf("/") + 1));
}

function scopeNode(scope: Scope, words: readonly string[]): ScopeNode {
  const children: Node[] = [];
  const node: ScopeNode = { kind: "scope", id: scope.id, parent: undefined, scope, children };
  for (const manager of scope.managers) {
    const child = managerNode(scope, manager, words, node);
    if (child.children.length > 0) children.push(child);
  }
  return node;
}

function managerNode(scope: Scope, manager: Manager, words: readonly string[], parent: Node): ManagerNode {
  const children: Node[] = [];
  const node: ManagerNode = {
    kind: "manager",
    id: `${scope.id}\n${manager.name}`,
    parent,
    manager,
    children,
  };
  const groups = new Map<string, { node: Node; children: Node[] }>();
  for (const hyperparameter of manager.hyperparameters) {
    if (!matches(hyperparameter, words)) continue;
    const segments = segmentsOf(hyperparameter.name);
    const label = segments.pop() ?? hyperparameter.name;
    const home = segments.length === 0 ? { node, children } : groupAt(groups, segments, { node, children });
    home.children.push({
      kind: "hyperparameter",
      id: `${node.id}\n${hyperparameter.name}`,
      parent: home.node,
      scope: scope.id,
      manager: manager.name,
      hyperparameter,
      label,
    });
  }
  return node;
}

/** The group of these segments, made where it is new, with the groups around it. */
function groupAt(
  groups: Map<string, { node: Node; children: Node[] }>,
  segments: readonly string[],
  root: { node: Node; children: Node[] },
): { node: Node; children: Node[] } {
  let around = root;
  for (let depth = 1; depth <= segments.length; depth++) {
    const name = segments.slice(0, depth).join(".");
    let group = groups.get(name);
    if (!group) {
      const children: Node[] = [];
      const label = segments[depth - 1] ?? name;
      const id = `${root.node.id}\n${name}.`;
      group = { node: { kind: "group", id, parent: around.node, name, label, children }, children };
      groups.set(name, group);
      around.children.push(group.node);
    }
    around = group;
  }
  return around;
}

/** A name with an empty segment is no nested name: it stays as it is. */
function segmentsOf(name: string): string[] {
  const segments = name.split(".");
  return segments.includes("") ? [name] : segments;
}

function matches({ name, value, fileValues }: Hyperparameter, words: readonly string[]): boolean {
  const text = [name, value ?? "", ...fileValues.map((one) => one.value)].join(" ").toLowerCase();
  return words.every((word) => text.includes(word));
}
