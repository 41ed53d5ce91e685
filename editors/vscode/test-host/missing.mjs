// Prints what is missing on this machine to run the tests in a real VS Code; nothing if nothing is.

import { missing } from "./vscode.mjs";

console.log(missing() ?? "");
