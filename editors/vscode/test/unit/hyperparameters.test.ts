import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  buildTree,
  childrenOf,
  countUses,
  fileValuesText,
  findNode,
  type Node,
  useNodes,
} from "../../src/hyperparameters";
import type { Hyperparameter, Scope } from "../../src/protocol";

function hyperparameter(name: string, value: string | null = "1"): Hyperparameter {
  return {
    name,
    value,
    type: "int",
    fileValues: [],
    moreFileValues: 0,
    definitions: [],
    hints: [],
    uses: 1,
    files: 1,
    problems: [],
  };
}

function scope(id: string, managers: Readonly<Record<string, readonly Hyperparameter[]>>): Scope {
  const list = Object.entries(managers).map(([name, hyperparameters]) => ({ name, hyperparameters }));
  return { id, name: `${id}.py`, reason: "because", uri: null, managers: list };
}

function label(node: Node): string {
  switch (node.kind) {
    case "scope":
      return node.scope.name;
    case "manager":
      return node.manager.name;
    case "use":
      return node.use.text;
    default:
      return node.label;
  }
}

/** The tree as indented lines. */
function drawn(nodes: readonly Node[], indent = ""): string {
  return nodes.map((node) => `${indent}${label(node)}\n${drawn(childrenOf(node), `${indent}  `)}`).join("");
}

function tree(names: readonly string[], filter = ""): string {
  return drawn(buildTree({ scopes: [scope("s", { _: names.map((name) => hyperparameter(name)) })] }, filter));
}

describe("nesting", () => {
  test("names with dots are grouped by their segments", () => {
    assert.equal(
      tree(["lr", "model.depth", "model.head.width", "model.width", "seed"]),
      "s.py\n  _\n    lr\n    model\n      depth\n      head\n        width\n      width\n    seed\n",
    );
  });
  test("a name that is a group too stands beside it", () => {
    assert.equal(tree(["a", "a.b"]), "s.py\n  _\n    a\n    a\n      b\n");
  });
  test("a name with an empty segment stays as it is", () => {
    assert.equal(tree(["a..b", ".c", "d."]), "s.py\n  _\n    a..b\n    .c\n    d.\n");
  });
  test("scopes and managers stay apart", () => {
    const scopes = [
      scope("s", { _: [hyperparameter("x.a")], hp: [hyperparameter("x.b")] }),
      scope("t", { _: [hyperparameter("x.c")] }),
    ];
    assert.equal(
      drawn(buildTree({ scopes })),
      "s.py\n  _\n    x\n      a\n  hp\n    x\n      b\nt.py\n  _\n    x\n      c\n",
    );
  });
});

describe("identity", () => {
  const names = ["a", "a.b", "a.c", "b"];
  const all = (nodes: readonly Node[]): Node[] => nodes.flatMap((node) => [node, ...all(childrenOf(node))]);
  const scopes = [
    scope("s", { _: names.map((name) => hyperparameter(name)), hp: [hyperparameter("a")] }),
    scope("t", { _: [hyperparameter("a")] }),
  ];

  test("no two nodes have one id, and the ids are the same when it is built again", () => {
    const ids = all(buildTree({ scopes })).map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(
      all(buildTree({ scopes })).map(({ id }) => id),
      ids,
    );
  });
  test("every node is a child of its parent", () => {
    for (const node of all(buildTree({ scopes }))) {
      assert.ok(node.kind === "scope" || (node.parent && childrenOf(node.parent).includes(node)));
    }
  });
  test("a hyperparameter is found by scope, manager and name", () => {
    const roots = buildTree({ scopes });
    const node = findNode(roots, { scope: "t", manager: "_", name: "a" });
    assert.equal(node?.id, "t\n_\na");
    assert.equal(findNode(roots, { scope: "t", manager: "hp", name: "a" }), undefined);
  });
});

describe("the filter", () => {
  test("keeps what has all the words in its name, in any case", () => {
    assert.equal(
      tree(["optimizer.lr", "optimizer.name", "lr"], " LR opt "),
      "s.py\n  _\n    optimizer\n      lr\n",
    );
  });
  test("looks at values too", () => {
    const scopes = [scope("s", { _: [hyperparameter("a", "'Adam'"), hyperparameter("b", null)] })];
    assert.equal(drawn(buildTree({ scopes }, "adam")), "s.py\n  _\n    a\n");
  });
  test("leaves out scopes, managers and groups of which nothing is left", () => {
    assert.equal(tree(["a.b"], "nothing"), "");
  });
});

test("uses are counted in words", () => {
  assert.equal(countUses({ uses: 1, files: 1 }), "1 use in 1 file");
  assert.equal(countUses({ uses: 4, files: 3 }), "4 uses in 3 files");
});

test("uses are children of their hyperparameter", () => {
  const [root] = buildTree({ scopes: [scope("s", { _: [hyperparameter("a")] })] });
  assert.ok(root);
  const node = findNode([root], { scope: "s", manager: "_", name: "a" });
  assert.ok(node);
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
  const use = { location: { uri: "file:///x.py", range }, kind: "read", text: '_("a")' } as const;
  const [first, second] = useNodes(node, [use, use]);
  assert.equal(first?.parent, node);
  assert.notEqual(first?.id, second?.id);
});

test("a tree of 20,000 names is built without a deep recursion or a quadratic search", () => {
  const names = Array.from({ length: 20_000 }, (_, index) => `g${index % 100}.h${index % 1000}.n${index}`);
  assert.equal(tree(names).split("\n").length, 1 + 1 + 100 + 1000 + 20_000 + 1);
});

test("what value files give is told in short, and found by the filter", () => {
  const one = (uri: string, value: string) => ({
    value,
    location: { uri, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 2 } } },
  });
  const some = [one("file:///ws/runs/a%20b.yaml", "0.5"), one("file:///ws/runs/c.yaml", "0.7")];
  assert.equal(fileValuesText({ fileValues: [], moreFileValues: 0 }), undefined);
  assert.equal(fileValuesText({ fileValues: some.slice(0, 1), moreFileValues: 0 }), "0.5 in a b.yaml");
  assert.equal(fileValuesText({ fileValues: some, moreFileValues: 4 }), "6 values in files");
  const scope = {
    id: "s",
    name: "s",
    reason: "",
    uri: null,
    managers: [{ name: "_", hyperparameters: [{ ...hyperparameter("lr"), fileValues: some }] }],
  };
  assert.equal(buildTree({ scopes: [scope] }, "LR 0.7").length, 1);
  assert.equal(buildTree({ scopes: [scope] }, "0.9").length, 0);
});
