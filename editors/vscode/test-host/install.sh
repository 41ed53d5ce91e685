#!/usr/bin/env bash
# Installs what the tests in a real VS Code need: code-server (which brings its own Node), Chromium, playwright-core.
# For Debian and Ubuntu on x86-64; about 800 MB.
set -euo pipefail
cd "$(dirname "$0")"

if ! command -v chromium > /dev/null; then
  as_root=()
  [[ $(id -u) -eq 0 ]] || as_root=(sudo)
  "${as_root[@]}" apt-get update -q
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -q --no-install-recommends chromium fonts-dejavu-core
fi

if [[ node_modules/.installed -nt package-lock.json ]]; then exit 0; fi
npm ci --ignore-scripts --no-audit --no-fund
# What code-server's own script does, without its native modules; `npm ci` fails there (its shrinkwrap is out of step).
cd node_modules/code-server/lib/vscode
npm install --omit=dev --ignore-scripts --no-audit --no-fund
touch ../../../.installed
