#!/bin/bash
# A sealed run verifies; with one byte changed, anywhere, it does not, by the
# program and by the run's own verify.sh; a file more or less likewise.
. "$(dirname "$0")/lib.sh"

ok 'a case is made' new_case c plain-demo.com
ends 'a run' 0 lab plain "$program" -C c collect
run=c/runs/000001
cp "$(ls -d "$top"/build/lab/plain/*/etc/certs | tail -n 1)/ca-certificates.crt" roots.pem
key=$(sed -n 's/^key-sha256: //p' $run/head.txt)

ends 'by itself it is consistent: 0' 0 gc verify $run
like '  and called no more than that' "$out" '^consistent with the key and roots in this folder'
ends '  --strict: 1' 1 gc verify --strict $run
ends 'with key and roots from elsewhere' 0 gc verify --strict --key "$key" --roots roots.pem $run
like '  it is verified' "$out" '^verified'
ends 'with another key: 1' 1 gc verify --key "$(printf '0%.0s' {1..64})" $run
ends 'as JSON' 0 gc verify --json $run
is '  schema' "$(json .out d.schema)" verify/1
ends 'verify.sh: 0' 0 sh $run/verify.sh
ends 'verify.sh with key and roots' 0 sh $run/verify.sh --key "$key" --roots "$PWD/roots.pem"
ends 'a copy elsewhere verifies' 0 sh -c "cp -a $run copy && '$program' verify copy"

flip() { # FILE OFFSET: one bit of one byte
	local byte
	byte=$(od -An -tu1 -j "$2" -N 1 "$1")
	# shellcheck disable=SC2059 # the format is the byte
	printf "\\$(printf %03o $((byte ^ 1)))" |
		dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

# All bytes cannot be tried in seconds: the first, the last and one between, of
# each file.
while read -r file; do
	size=$(stat -c %s copy/"$file")
	missed=''
	for at in 0 $((size / 3)) $((size - 1)); do
		flip copy/"$file" $at
		gc verify copy >.said 2>&1
		[ $? = 1 ] || missed="$missed byte $at"
		[ $at != 0 ] || cp .said .named
		if [ "$file" != verify.sh ] && [ $at = $((size / 3)) ]; then
			sh copy/verify.sh >.sh.out 2>&1
			[ $? = 1 ] || missed="$missed (verify.sh: byte $at)"
		fi
		flip copy/"$file" $at
	done
	is "one byte of $file" "$missed" ''
	base=${file##*/}
	like '  it is named' "$(cat .named)" "${base//./\\.}"
done < <(cd $run && find . -type f -printf '%P\n' | sort)
ends 'each byte put back: it verifies' 0 gc verify copy

with() { # NAME COMMAND: on a fresh copy; both verifiers say 1
	rm -rf copy
	cp -a $run copy
	sh -c "cd copy && $2"
	ends "$1" 1 gc verify copy
	ends '  and verify.sh' 1 sh copy/verify.sh
}
with 'a file more' 'echo >data/more'
with 'a file more beside data/' 'echo >more.txt'
with 'a file less' 'rm data/exhibits.jsonl'
with 'a token less, its line left' 'rm seal.timestamp.digicert.com.tsr'
with 'a symbolic link' 'mv data/settings.json s && ln -s ../s data/settings.json'
with 'a line of the log less' "sed -i '20d' data/log.jsonl"
with 'all lists made again after a change: the head differs' \
	"sed -i 's/plain-demo/other-demo/' data/settings.json &&
	find data -type f | LC_ALL=C sort | xargs sha256sum >manifest-sha256.txt &&
	find data -type f | LC_ALL=C sort | xargs sha512sum >manifest-sha512.txt"
with 'the key changed for another' "openssl ecparam -name prime256v1 -genkey -noout |
	openssl ec -pubout -out collector.pub 2>/dev/null"

# ---- the case
ends 'the case verifies' 0 gc -C c verify
cp -a c t
sed -i '1s/US-HI/US-CA/' t/ledger.jsonl
ends 'a changed line of the ledger: 1' 1 gc -C t verify
cp -a c v
sed -i '2s/"head":"../"head":"00/' v/ledger.jsonl
ends 'another head in its last line: 1' 1 gc -C v verify
cp -a c u
rm -rf u/runs/000001
ends 'a run taken away: 1' 1 gc -C u verify
like '  it is named' "$out" '000001'
finish
