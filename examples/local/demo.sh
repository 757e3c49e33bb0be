#!/usr/bin/env bash
# Plays an hour of recorded logs through out_authlens.so and shows what it found:
# in a real Fluent Bit when there is one (FLUENT_BIT, the first when it names
# several, or fluent-bit on PATH), else in the small C host that the tests use.
set -euo pipefail
cd "$(dirname "$0")/../.."

logs=(examples/logs/*/*.jsonl)
findings=$(mktemp)
said=$(mktemp)
trap 'rm -f "$findings" "$said"' EXIT

fluent_bit=${FLUENT_BIT:-$(command -v fluent-bit || true)}
fluent_bit=${fluent_bit%%:*}
if [ -n "$fluent_bit" ]; then
	command -v "$fluent_bit" >/dev/null || {
		echo "make demo: expected a Fluent Bit, but there is no program $fluent_bit: set FLUENT_BIT to its binary, or to nothing for the one on PATH" >&2
		exit 2
	}
	player=("$fluent_bit" -e ./out_authlens.so -c examples/local/fluent-bit.conf)
	name="$("$fluent_bit" --version | head -n 1) ($fluent_bit)"
	pace=' It reads one file after the other, in a moment: no finding is resolved by then.'
else
	player=(go run ./plugin/abitest/cmd/abihost -lib out_authlens.so "${logs[@]}")
	name="the test host of plugin/abitest (no Fluent Bit: set FLUENT_BIT to one)"
	pace=''
fi

printf 'Playing %d records of %d containers through out_authlens.so, loaded by %s.%s\n\n' \
	"$(cat "${logs[@]}" | wc -l)" "${#logs[@]}" "$name" "$pace"
if ! "${player[@]}" >"$findings" 2>"$said"; then
	cat "$said" >&2
	exit 1
fi
bin/authlens show "$findings"
