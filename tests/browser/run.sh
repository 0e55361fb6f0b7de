#!/usr/bin/env bash
# Installs what the browser tests need (Debian's chromium, playwright-core, axe-core), then runs them.
set -euo pipefail
cd "$(dirname "$0")/../.."
modules=${BROWSER_MODULES:-$PWD/.venv/browser}
if ! command -v chromium >/dev/null; then
  apt-get update -qq && apt-get install -y -qq chromium
fi
if ! command -v npm >/dev/null; then
  apt-get update -qq && apt-get install -y -qq nodejs npm
fi
if [ ! -d "$modules/node_modules/playwright-core" ] || [ ! -d "$modules/node_modules/axe-core" ]; then
  mkdir -p "$modules"
  npm install --silent --no-audit --no-fund --no-save --no-package-lock --prefix "$modules" playwright-core@1.64.1 axe-core@4.14.1
fi
BROWSER_MODULES="$modules" CHROMIUM="$(command -v chromium)" PYTHON=.venv/bin/python node tests/browser/journeys.mjs
