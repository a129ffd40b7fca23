#!/usr/bin/env bash
# Checks the Terraform code without a registry or a cloud account: `check.sh` everything, `check.sh DIR...` only those directories,
# `check.sh --self-test` the check itself. README.md beside this file says how. Without terraform or node it says so and succeeds,
# unless CI=true.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

# Why nothing is checked, and what would change that.
unable() {
  if [ "${CI:-}" = true ]; then
    echo "FAILED: the Terraform check cannot run because $1; $2" >&2
    exit 1
  fi
  echo "SKIPPED: the Terraform check because $1; $2"
  exit 0
}

command -v terraform >/dev/null || unable "terraform is not on the PATH" "install Terraform 1.9 or newer"
command -v node >/dev/null || unable "node is not on the PATH" "install Node.js 20 or newer"
command -v npm >/dev/null || unable "npm is not on the PATH" "install Node.js 20 or newer with npm"
node -e 'process.exit(Number(parseInt(process.versions.node) < 20))' || unable "node is $(node --version)" "install Node.js 20 or newer"

# npm writes node_modules/.package-lock.json last: older than the lock file means an old or a broken installation.
if [ ! "$here/node_modules/.package-lock.json" -nt "$here/package-lock.json" ]; then
  (cd "$here" && npm ci --ignore-scripts --no-progress >npm-ci.log 2>&1) ||
    unable "npm ci failed (see terraform/offline-check/npm-ci.log)" "allow npm to reach its registry once"
  rm -f "$here/npm-ci.log"
fi

if [ "${1:-}" = --self-test ]; then
  cd "$here"
  exec node --test --test-reporter=dot --test-reporter-destination=stdout --test-reporter=./src/check/summary.js --test-reporter-destination=stdout test/
fi
exec node "$here/src/check/check.js" "$@"
