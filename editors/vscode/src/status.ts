/** What the server is doing, and what the file belongs to, in the editor's list of language status items. */

import * as vscode from "vscode";
import type { Context, ServerState } from "./context";
import { scopeRequest } from "./protocol";

const { Error: Failed, Information, Warning } = vscode.LanguageStatusSeverity;

interface Shown {
  readonly text: string;
  readonly detail?: string;
  readonly severity?: vscode.LanguageStatusSeverity;
  readonly busy?: boolean;
  readonly command: vscode.Command;
}

const RESTART = { title: "Restart Server", command: "hpman.restartServer" };
const LOGS = { title: "Show Logs", command: "hpman.showLogs" };
const CHOOSE = { title: "Choose Python", command: "hpman.chooseInterpreter" };
const VIEW = { title: "Show Hyperparameters", command: "hpman.hyperparameters.focus" };

/** What is shown for a state. */
export function shownState(state: ServerState): Shown {
  switch (state.kind) {
    case "indexing": {
      const total = state.total === null ? "" : `/${state.total}`;
      return { text: `hpman: indexing ${state.done}${total}`, busy: true, command: LOGS };
    }
    case "ready":
      return { text: "hpman: ready", command: VIEW };
    case "degraded":
      return { text: "hpman: degraded", detail: state.problems.join("; "), severity: Warning, command: LOGS };
    case "noInterpreter":
      return { text: "hpman: no Python", detail: state.reason, severity: Failed, command: CHOOSE };
    case "waiting": {
      const detail = `${state.reason}; it is started again in ${state.seconds} s`;
      return { text: "hpman: server ended", detail, severity: Warning, busy: true, command: LOGS };
    }
    case "failed":
      return { text: "hpman: server ended", detail: state.reason, severity: Failed, command: RESTART };
    case "starting":
      return { text: "hpman: starting", busy: true, command: LOGS };
    default:
      return { text: "hpman: stopped", command: RESTART };
  }
}

export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem("hpman.status", { language: "python" });
  private readonly owned: readonly vscode.Disposable[];
  private scopes = "";

  constructor(private readonly context: Context) {
    this.item.name = "hpman";
    const update = () => {
      this.show();
      this.askForScopes().catch(() => undefined);
    };
    this.owned = [
      this.item,
      context.onDidChangeState(update),
      context.onDidChangeTree(update),
      vscode.window.onDidChangeActiveTextEditor(update),
    ];
    update();
  }

  dispose(): void {
    for (const owned of this.owned) owned.dispose();
  }

  private show(): void {
    const { text, detail, severity, busy, command } = shownState(this.context.state);
    this.item.text = text;
    this.item.detail = detail ?? this.scopes;
    this.item.severity = severity ?? Information;
    this.item.busy = busy ?? false;
    this.item.command = command;
  }

  private async askForScopes(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId !== "python" || this.context.state.kind !== "ready") return;
    const uri = document.uri.toString();
    const known = await this.context.request(scopeRequest, { textDocument: { uri } });
    if (vscode.window.activeTextEditor?.document !== document) return;
    // Without the reason: the line is as wide as it is long, and the command stands at its end.
    this.scopes = (known?.scopes ?? []).map(({ name }) => name).join(", ");
    this.show();
  }
}
