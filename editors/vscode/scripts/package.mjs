// `node package.mjs [FILE]`: makes the .vsix, with the server in it, and byte for byte the same from the same source.
// SOURCE_DATE_EPOCH: the time of the files in it, in seconds; if it is not set, that of the last commit.

import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { buildServer } from "./build-server.mjs";
import { bundle } from "./bundle.mjs";

const extension = path.dirname(import.meta.dirname);
const repository = path.join(extension, "..", "..");
const SHIPPED = ["package.json", "README.md", "CHANGELOG.md", "media", "walkthrough"];

/** Lays out in a folder what is in the .vsix: the extension as it is when it is installed. */
export async function layOut(folder) {
  mkdirSync(folder, { recursive: true });
  for (const name of SHIPPED)
    cpSync(path.join(extension, name), path.join(folder, name), { recursive: true });
  cpSync(path.join(repository, "LICENSE"), path.join(folder, "LICENSE"));
  await bundle("extension", { outfile: path.join(folder, "dist", "extension.js") });
  buildServer(path.join(folder, "bundled"));
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) chmodSync(path.join(entry.parentPath, entry.name), 0o644);
  }
}

export async function makeVsix(file) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "hpman-vsix-"));
  try {
    await layOut(folder);
    const vsce = path.join(extension, "node_modules", "@vscode", "vsce", "vsce");
    const options = [
      "--no-dependencies",
      "--no-rewrite-relative-links",
      "--allow-missing-repository",
      "--out",
      file,
    ];
    // With this variable vsce sorts the entries and gives them all one time, which is written in local time.
    const env = {
      ...process.env,
      SOURCE_DATE_EPOCH: process.env.SOURCE_DATE_EPOCH ?? lastCommit(),
      TZ: "UTC",
    };
    writeFileSync(path.join(folder, ".vscodeignore"), ".vscodeignore\n"); // all that is here belongs in it
    const stdio = ["ignore", "ignore", "inherit"];
    execFileSync(process.execPath, [vsce, "package", ...options], { cwd: folder, env, stdio });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function lastCommit() {
  try {
    const git = ["log", "-1", "--format=%ct"];
    return execFileSync("git", git, {
      cwd: repository,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return "1735689600"; // no repository: 2025-01-01
  }
}

if (process.argv[1] === import.meta.filename) {
  const { name, version } = JSON.parse(readFileSync(path.join(extension, "package.json"), "utf8"));
  const file = path.resolve(process.argv[2] ?? path.join(extension, `${name}-${version}.vsix`));
  await makeVsix(file);
  console.log(`${path.relative(process.cwd(), file)}: ${(statSync(file).size / 1e6).toFixed(2)} MB`);
}
