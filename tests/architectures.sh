#!/usr/bin/env bash
# Runs `llmkick score --ids` and `llmkick generate --ids` over the tiny checkpoints of ../shared/golden/architectures and compares them with
# what the reference gave: a line a folder, and last how many hold (log-probabilities and the last row of logits within 2e-3, greedy tokens
# equal up to a tie, which is a step whose best two logits are less than 0.01 apart).
#   tests/architectures.sh [NAME…]     all folders, or those named; LLMKICK=PROGRAM tests another build than this checkout's
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false LC_ALL=C
golden=../shared/golden/architectures
[ -d "$golden" ] || { echo "'$golden' is not beside this checkout." >&2; exit 2; }
if [ -z "${LLMKICK:-}" ]; then
  dotnet build host -c Release -v q >&2 || exit 2
  LLMKICK=host/bin/Release/net10.0/llmkick
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Lists of a golden.json, one a line: `ids` and `token_logprobs` are lists of lists.
lists() { tr -d ' \n' < "$2" | sed -n "s/.*\"$1\":\\(\\[\\[[^]]*\\(\\],\\[[^]]*\\)*\\]\\]\\).*/\\1/p" | sed 's/\],\[/\n/g; s/[][]//g'; echo; }
list() { tr -d ' \n' < "$2" | sed -n "s/.*\"$1\":\\[\\([^]]*\\)\\].*/\\1/p"; }
floats() { od -A n -v -t f4 -w4 "$1"; }

# The largest difference of two columns of numbers; "inf" where they are not as many, or one is no number.
difference() {
  paste "$1" "$2" | awk 'NF != 2 || $1 !~ /^[-+.0-9eE]+$/ || $2 !~ /^[-+.0-9eE]+$/ { bad = 1 } { d = $1 - $2; if (d < 0) d = -d; if (d > most) most = d }
    END { if (bad || NR == 0) print "inf"; else printf "%.2e\n", most }'
}

score() { "$LLMKICK" score "$1" --ids --dtype float32 --device cpu -v quiet --last-logits "$work/$2" 2> "$work/error"; }

# How far apart the best two logits are after these tokens.
gap() {
  echo "[$2]" | score "$1" tie > "$work/none" && floats "$work/tie" | sort -g -r | awk 'NR == 1 { best = $1 } NR == 2 { print best - $1; exit }'
}

# "equal", "equal up to a tie at step N", or where and how they part.
greedy() {
  local folder=$1 expected actual start step
  start=$(lists ids "$folder/golden.json" | head -1 | cut -d , -f 1-16)
  expected=$(list greedy_40_from_first_16 "$folder/golden.json")
  actual=$(echo "[$start]" | "$LLMKICK" generate "$folder" --ids --ignore-end --dtype float32 --device cpu -v quiet --max-tokens "$(tr , '\n' <<< "$expected" | wc -l)" 2> "$work/error") || { head -1 "$work/error"; return; }
  actual=$(sed 's/.*\[//; s/\].*//' <<< "$actual")
  [ "$actual" != "$expected" ] || { echo equal; return; }
  step=$(paste -d ' ' <(tr , '\n' <<< "$expected") <(tr , '\n' <<< "$actual") | awk '$1 != $2 { print NR; exit }')
  [ "$step" -eq 1 ] || start=$start,$(cut -d , -f "1-$((step - 1))" <<< "$expected")
  awk -v step="$step" -v gap="$(gap "$folder" "$start")" 'BEGIN { print gap != "" && gap < 0.01 ? "equal up to a tie at step " step : "parts at step " step " where the best two are " gap " apart" }'
}

check() {
  local folder=$golden/$1 scores logits text
  lists ids "$folder/golden.json" | sed '/^$/d; s/.*/[&]/' | score "$folder" last > "$work/answers" || { echo "no   $(head -1 "$work/error")"; return; }
  sed 's/.*\[null,\{0,1\}//; s/\].*//' "$work/answers" | tr , '\n' > "$work/actual"
  lists token_logprobs "$folder/golden.json" | sed '/^$/d' | tr , '\n' > "$work/expected"
  scores=$(difference "$work/expected" "$work/actual")
  floats "$folder/golden-last-logits.f32" > "$work/expected"
  floats "$work/last" | head -n "$(wc -l < "$work/expected")" > "$work/actual"
  logits=$(difference "$work/expected" "$work/actual")
  text=$(greedy "$folder")
  awk -v scores="$scores" -v logits="$logits" -v text="$text" 'BEGIN {
    holds = scores != "inf" && logits != "inf" && scores <= 2e-3 && logits <= 2e-3 && text ~ /^equal/
    printf "%-4s log-probabilities %s, last logits %s, greedy %s\n", holds ? "yes" : "no", scores, logits, text }'
}

[ $# -gt 0 ] || set -- $(ls -d "$golden"/*/ | xargs -n 1 basename)
holding=0
for name in "$@"; do
  line=$(check "$name")
  [ "${line%% *}" = yes ] && holding=$((holding + 1))
  printf '%-26s %s\n' "$name" "$line"
done
echo "$holding of $# hold"
[ "$holding" -eq $# ]
