#!/usr/bin/env bash
# Whether two builds of the tool tell the same of the quickstart: results.json, layers and report.html but for times, versions and the
# machine, and samples, requests and lm-eval byte for byte. Prints what differs, and ends with 1 where anything does.
#   tests/quickstart-equal.sh BEFORE AFTER     each a built program (…/llmkick), or the folder of a quickstart's run that one made
set -euo pipefail
[ $# -eq 2 ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

run() { # the folder of a run of $1
  if [ -d "$1" ]; then cp -r "$1" "$work/$2"; else "$1" run --output "$work/$2" -v quiet > /dev/null; fi
}

plain() { # takes off what differs from run to run
  cd "$work/$1"
  sed -i -E '/^  "(machine|versions)": \{/,/^  \},?$/d; /^ *"seconds":/d' results.json
  sed -i -E 's/"seconds":[^,}]*//' layers/*.jsonl
  sed -i -E 's#<span class="varies">[^<]*</span>##g; s#<dl class="varies">([^<]|</?d[dt]>)*</dl>##g
    s#<dt>versions [^<]*</dt><dd>[^<]*</dd>##g' report.html
  rm -rf .llmkick
}

run "$1" before
run "$2" after
(plain before)
(plain after)
diff -r "$work/before" "$work/after" | cut -c1-400 && echo "equal"
