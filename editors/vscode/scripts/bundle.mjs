// `node bundle.mjs [extension|unit|exthost ...]`: makes one JavaScript file of each program. All, if none is named.

import { readdirSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const extension = path.dirname(import.meta.dirname);

const common = {
  absWorkingDir: extension,
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node20",
  external: ["vscode"],
  logLevel: "warning",
};

const tests = (folder) =>
  readdirSync(path.join(extension, "test", folder))
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => `test/${folder}/${name}`);

const PROGRAMS = {
  extension: () => ({ entryPoints: ["src/extension.ts"], outfile: "dist/extension.js", minify: true }),
  unit: () => ({
    entryPoints: tests("unit"),
    outdir: "out/unit",
    sourcemap: "inline",
    outExtension: { ".js": ".cjs" },
  }),
  exthost: () => ({
    entryPoints: ["test/exthost/index.ts"],
    outfile: "out/exthost/index.js",
    sourcemap: "inline",
  }),
};

/** @param change Build options that replace those of the program. */
export function bundle(name, change = {}) {
  return build({ ...common, ...PROGRAMS[name](), ...change });
}

if (process.argv[1] === import.meta.filename) {
  const asked = process.argv.slice(2);
  for (const name of asked.length > 0 ? asked : Object.keys(PROGRAMS)) await bundle(name);
}
