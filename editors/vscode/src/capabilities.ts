/** What this extension can do beyond the Language Server Protocol, as the server is told. */

/** Commands that code lenses and code actions of the server may name. */
export const COMMANDS = ["hpman.showReferences"] as const;

/** Commands that links in the server's markdown may name, in a trusted workspace. */
export const MARKDOWN_COMMANDS = ["hpman.findUses", "hpman.rename", "hpman.revealInView"] as const;

/** What `initialize` announces under `capabilities.experimental.hpman`. */
export function experimentalCapabilities(trusted: boolean): object {
  return {
    status: true,
    treeChanged: true,
    commands: COMMANDS,
    markdownCommands: trusted ? MARKDOWN_COMMANDS : [],
  };
}
