// Gathers the server and all that it imports in one folder (bundled/, if none is named): pure Python, the same on
// every platform. Needs a Python with pip: the environment variable PYTHON, or python3.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import path from "node:path";

const extension = path.dirname(import.meta.dirname);
const repository = path.join(extension, "..", "..");
const requirements = path.join(extension, "server", "requirements.txt");

// Any platform will do, as what depends on it is left out; but always the same one.
const TARGET = ["--platform", "manylinux2014_x86_64", "--implementation", "cp", "--python-version", "3.10"];
const LEFT_OUT = /(^|\/)(bin|__pycache__|_yaml|hpman_lsp\/cli)(\/|$)|\.(so|pyi|pyc)$/;
const LICENSES = /\.dist-info(\/licenses(\/|$)|\/(LICENSE|NOTICE)[^/]*$|\/METADATA$|$)/;

export function buildServer(folder) {
  const packages = path.join(folder, "packages");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(packages, { recursive: true });
  copy(dependencies(), packages);
  for (const name of ["hpman", "hpman_lsp"]) copy(path.join(repository, name), path.join(packages, name));
  copy(path.join(extension, "server", "start.py"), path.join(folder, "start.py"));
  for (const file of filesIn(folder)) chmodSync(file, 0o644);
}

/** The folder with what requirements.txt names; downloaded where it is not there yet. */
function dependencies() {
  const digest = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 16);
  const folder = path.join(extension, "build", `packages-${digest}`);
  if (!existsSync(folder)) {
    // Several builds may be under way, so each has a folder of its own until it is complete.
    const part = `${folder}.${process.pid}`;
    const pip = ["-m", "pip", "install", "-q", "--disable-pip-version-check", "--target", part];
    const what = ["--no-deps", "--no-compile", "--only-binary=:all:", "--require-hashes", "-r", requirements];
    const options = { stdio: ["ignore", "inherit", "inherit"] };
    execFileSync(process.env.PYTHON ?? "python3", [...pip, ...TARGET, ...what], options);
    if (existsSync(folder)) rmSync(part, { recursive: true });
    else renameSync(part, folder);
  }
  return folder;
}

function copy(from, to) {
  const root = from;
  const filter = (file) => {
    const name = path.join(path.basename(root), path.relative(root, file)).split(path.sep).join("/");
    if (name.includes(".dist-info")) return LICENSES.test(name);
    return !LEFT_OUT.test(name) && !path.basename(file).startsWith(".");
  };
  cpSync(from, to, { recursive: true, filter });
}

function filesIn(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

if (process.argv[1] === import.meta.filename) {
  buildServer(path.resolve(process.argv[2] ?? path.join(extension, "bundled")));
}
