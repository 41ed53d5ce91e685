/** The report: all hyperparameters as tables in a tab of its own, each of which can be saved as YAML. */

import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { Context } from "./context";
import { openPlace, shownPlace, toLocation } from "./places";
import { type Location, type ManagerReference, treeRequest, yamlRequest } from "./protocol";
import { type Page, reportDocument, reportPage } from "./reportPage";

/** What the page's script sends. */
type Message =
  | { readonly kind: "open"; readonly place: number }
  | ({ readonly kind: "save" } & ManagerReference);

export class Report implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private places: readonly Location[] = [];
  private readonly listener: vscode.Disposable;

  constructor(private readonly context: Context) {
    this.listener = context.onDidChangeTree(() => {
      this.update().catch((error) => context.log.error(String(error)));
    });
  }

  dispose(): void {
    this.listener.dispose();
    this.panel?.dispose();
  }

  async show(): Promise<void> {
    if (this.panel) {
      this.panel.reveal();
      return;
    }
    const media = vscode.Uri.joinPath(extensionUri(), "media");
    const panel = vscode.window.createWebviewPanel(
      "hpman.report",
      "Hyperparameters",
      vscode.ViewColumn.Active,
      {
        enableScripts: true,
        enableFindWidget: true,
        retainContextWhenHidden: true,
        localResourceRoots: [media],
      },
    );
    this.panel = panel;
    panel.iconPath = vscode.Uri.joinPath(media, "hpman.svg");
    panel.onDidDispose(() => {
      this.panel = undefined;
    });
    panel.webview.onDidReceiveMessage((message: Message) => this.receive(message));
    const resource = (name: string) =>
      panel.webview.asWebviewUri(vscode.Uri.joinPath(media, name)).toString();
    const nonce = randomBytes(16).toString("hex");
    const page = await this.page();
    panel.webview.html = reportDocument(page.body, {
      nonce,
      csp: panel.webview.cspSource,
      style: resource("report.css"),
      script: resource("report.js"),
    });
  }

  private async page(): Promise<Page> {
    const known = (await this.context.request(treeRequest, {})) ?? { complete: false, scopes: [] };
    const page = reportPage(known, (place) => shownPlace(toLocation(place)));
    this.places = page.places;
    return page;
  }

  private async update(): Promise<void> {
    if (!this.panel) return;
    const { body } = await this.page();
    await this.panel?.webview.postMessage({ kind: "content", body });
  }

  private async receive(message: Message): Promise<void> {
    if (message.kind === "save") return this.save(message);
    const place = this.places[message.place];
    return place && openPlace(toLocation(place));
  }

  private async save({ scope, manager }: ManagerReference): Promise<void> {
    const values = await this.context.request(yamlRequest, { scope, manager });
    if (!values) return this.notice("The server gave no values; the log tells why.");
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const target = await vscode.window.showSaveDialog({
      title: "Save Hyperparameters",
      filters: { YAML: ["yaml", "yml"] },
      ...(folder && { defaultUri: vscode.Uri.joinPath(folder, "hyperparameters.yaml") }),
    });
    if (!target) return;
    await vscode.workspace.fs.writeFile(target, Buffer.from(values.text, "utf8"));
    const omitted = values.omitted.map(({ name, reason }) => `${name} (${reason})`).join(", ");
    await this.notice(
      `Saved ${vscode.workspace.asRelativePath(target)}.${omitted && ` Left out: ${omitted}.`}`,
    );
  }

  private async notice(text: string): Promise<void> {
    await this.panel?.webview.postMessage({ kind: "notice", text });
  }
}

function extensionUri(): vscode.Uri {
  const uri = vscode.extensions.getExtension("hpman.hpman")?.extensionUri;
  if (!uri) throw new Error("hpman is not installed under its own name");
  return uri;
}
