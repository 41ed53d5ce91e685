import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { COMMANDS, MARKDOWN_COMMANDS } from "../../src/capabilities";

// The tests are run from the extension's folder.
const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const sources = readdirSync("src").map((name) => readFileSync(`src/${name}`, "utf8"));
const { commands, menus, viewsWelcome, configuration, walkthroughs } = manifest.contributes;
const ids: string[] = commands.map(({ command }: { command: string }) => command);
const table = /const table[^{]*= \{(.*?)\n {2}\};/s.exec(readFileSync("src/commands.ts", "utf8"))?.[1] ?? "";
const handled = [...table.matchAll(/"(hpman\.[\w.]+)":/g)].map((found) => found[1] ?? "");

test("every command of the manifest has a handler, and every handler is known", () => {
  const known = [...ids, ...COMMANDS, ...MARKDOWN_COMMANDS];
  assert.deepEqual([...handled].sort(), [...known].sort());
});

test("every command that a text or a menu names exists", () => {
  const named =
    JSON.stringify([menus, viewsWelcome, walkthroughs]).match(/(?<=command(?::|":"))hpman\.[\w.]+/g) ?? [];
  assert.deepEqual(
    named.filter((id) => !ids.includes(id) && id !== "hpman.hyperparameters.focus"),
    [],
  );
});

test("commands on a row of the view are not in the palette, where there is no row", () => {
  const hidden = menus.commandPalette.map(({ command }: { command: string }) => command);
  assert.deepEqual(
    hidden,
    ids.filter((id) => id.startsWith("hpman.tree.")),
  );
});

test("every state that shows a text is one that the view sets", () => {
  const states = [...JSON.stringify(viewsWelcome).matchAll(/hpman\.state == (\w+)/g)].map(
    (found) => found[1] ?? "",
  );
  assert.deepEqual(
    states.filter((state) => !sources.some((text) => text.includes(`"${state}"`))),
    [],
  );
});

test("every setting has a description, a default and a scope", () => {
  for (const [name, setting] of Object.entries<Record<string, unknown>>(configuration.properties)) {
    assert.ok(setting["markdownDescription"] && "default" in setting && setting["scope"], name);
  }
});

test("the README's table has every setting, with its default", () => {
  const rows = readFileSync("README.md", "utf8").matchAll(/^\| `(hpman\.[\w.]+)` +\| `(.+?)` +\|/gm);
  const told = [...rows].map(([, name, value]) => [name, value]);
  const properties = Object.entries<{ default: unknown }>(configuration.properties);
  assert.deepEqual(
    told,
    properties.map(([name, setting]) => [name, JSON.stringify(setting.default)]),
  );
});

test("the interpreter of a workspace that is not trusted is not taken", () => {
  const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
  assert.equal(supported, "limited");
  assert.deepEqual(restrictedConfigurations, ["hpman.interpreter"]);
});

test("nothing is started in a window without Python files", () => {
  assert.deepEqual(manifest.activationEvents, ["onLanguage:python"]);
});

test("every picture and page that is named is there", () => {
  const readme = readFileSync("README.md", "utf8");
  const named = [...JSON.stringify(manifest).matchAll(/(?:media|walkthrough)\/[\w/.-]+\.\w+/g)].map(
    ([path]) => path,
  );
  const linked = [...readme.matchAll(/\]\((media\/[^)]+)\)/g)].map((found) => found[1] ?? "");
  assert.deepEqual(
    [...named, ...linked].filter((path) => !existsSync(path)),
    [],
  );
});
