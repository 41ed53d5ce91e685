import assert from "node:assert/strict";
import { test } from "node:test";
import { expandPath, serverSettings } from "../../src/settings";

test("the server gets its settings, and neither the interpreter nor the trace", () => {
  const section = {
    interpreter: "/usr/bin/python3",
    trace: { server: "off" },
    exclude: ["old/"],
    valueFiles: ["configs/*.yaml"],
    diagnostics: { unused: "off" },
    inlayHints: { enabled: true, maxLength: 30 },
    codeLens: { enabled: false },
  };
  const { interpreter: _python, trace: _trace, ...rest } = section;
  assert.deepEqual(serverSettings(section), rest);
});

test("a section that is none gives none", () => {
  for (const section of [undefined, null, [], "x", 3]) assert.deepEqual(serverSettings(section), {});
});

const variables = { workspaceFolder: "/ws", env: { TOOLS: "/tools" }, home: "/home/$&me" };

for (const [path, expanded] of [
  ["", ""],
  ["  /usr/bin/python3 ", "/usr/bin/python3"],
  ["~/py/bin/python", "/home/$&me/py/bin/python"],
  ["~", "/home/$&me"],
  ["/a~b/python", "/a~b/python"],
  ["~other/python", "~other/python"],
  ["${userHome}/python", "/home/$&me/python"],
  ["${workspaceFolder}/.venv/bin/python", "/ws/.venv/bin/python"],
  ["${env:TOOLS}/python", "/tools/python"],
  ["${env:NONE}/python", "/python"],
  ["${unknown}/python", "${unknown}/python"],
] as const) {
  test(`the path ${JSON.stringify(path)} is ${JSON.stringify(expanded)}`, () => {
    assert.equal(expandPath(path, variables), expanded);
  });
}
