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
	player=("$fluent_bit" -e ./out_authlens.so -c examples/local/fluent-bit.conf)
	name="$("$fluent_bit" --version | head -n 1) ($fluent_bit)"
else
	player=(go run ./plugin/abitest/cmd/abihost -lib out_authlens.so "${logs[@]}")
	name="the test host of plugin/abitest (no Fluent Bit: set FLUENT_BIT to one)"
fi

printf 'Playing %d records of %d containers through out_authlens.so, loaded by %s\n\n' \
	"$(cat "${logs[@]}" | wc -l)" "${#logs[@]}" "$name"
if ! "${player[@]}" >"$findings" 2>"$said"; then
	cat "$said" >&2
	exit 1
fi
bin/authlens show "$findings"
