import { besideTests } from "./beside";
import { runAll } from "./harness";
import { languageTests } from "./language";
import { lifecycleTests } from "./lifecycle";
import { notebookTests } from "./notebooks";
import { startTests } from "./start";

/** What VS Code calls. */
export function run(): Promise<void> {
  return runAll({ ...startTests, ...languageTests, ...notebookTests, ...lifecycleTests, ...besideTests });
}
