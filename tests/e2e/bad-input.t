#!/bin/bash
# Wrong input: one clear sentence that names the thing, a remedy, the exit status
# of the manual, and nothing asked.  What is refused is refused outside the lab.
. "$(dirname "$0")/lib.sh"

# Says: "goodcause: THING: what happened" on standard error, in at most three
# lines, nothing on standard output.
says() { # NAME STATUS PATTERN COMMAND...
	local name=$1 status=$2 pattern=$3
	shift 3
	ends "$name" "$status" "$@"
	like "  says what: $pattern" "$err" "^goodcause: .*$pattern"
	is '  in three lines at most, and none on standard output' \
		"$(($(wc -l <<<"$err") <= 3)) $out" '1 '
	unlike '  without a control character' "$err" $'[\001-\010\013-\037\177]'
}

ok 'a case is made' new_case c
bad_target() { # WHAT TARGET PATTERN
	says "collect: $1" 64 "$3" gc -C c collect -- "$2"
}
bad_target 'empty labels' 'a..example.com' 'a\.\.example\.com'
bad_target 'an empty name' '' 'empty'
bad_target 'a label of 64 bytes' "$(printf 'a%.0s' {1..64}).com" '63'
bad_target 'a name of more than 253 bytes' \
	"$(printf 'abcdefghijklmnop.%.0s' {1..17})com" '(253|long)'
bad_target 'IDNA that does not decode' 'xn--zzzzzzzzzz99999.com' 'xn--zzzz'
bad_target 'a URL with credentials' 'https://user:secret@example.com/' 'example|password|user|credential'
unlike '  and does not repeat the password' "$err" 'secret@|:secret'
bad_target 'a private address' 10.1.2.3 '10\.1\.2\.3'
bad_target 'a loopback address' 127.0.0.1 'loopback'
bad_target 'a reserved address' 240.0.0.1 '240\.0\.0\.1'
bad_target 'a private address of IPv6' fd00::7 'fd00::7'
bad_target 'one in a URL' 'http://[::1]:8080/' '::1'
bad_target 'a terminal sequence' $'a\033[31m.com' 'goodcause|'
bad_target 'a scheme that is not the web' 'ftp://example.com/' 'ftp'
is 'no run came of it' "$(ls c/runs)" ''
ok 'another case' new_case n
ends 'a name that does not exist is no error: sealed, status 1' 1 \
	lab plain "$program" -C n collect no-such-name-here.com
is '  and the record says that there is none' "$(json n/runs/000001/data/facts.jsonl \
	"d.some(f => f.kind === 'dns.nxdomain' && f.subject === 'no-such-name-here.com')")" true
ends 'nor one whose top-level domain does not exist' 1 \
	lab plain "$program" -C n collect example.nosuchtld
is '  likewise' "$(json n/runs/000002/data/facts.jsonl \
	"d.some(f => f.kind === 'dns.nxdomain')")" true
ends '  they verify' 0 gc -C n verify
says 'one bad among good: nothing is asked' 64 '240\.0\.0\.1' \
	gc -C c collect example.com 240.0.0.1
says '--plan likewise' 64 '10\.1\.2\.3' gc -C c collect --plan 10.1.2.3
says 'no target at all' 64 'targets\.txt' gc -C c collect
mkdir -p empty
says 'no case and no target' 64 '' gc -C empty collect

# ---- case.ini and tables
echo 'colour = blue' >>c/case.ini
says 'an unknown key in case.ini' 64 'case\.ini.*colour' gc -C c collect example.com
like '  with its line' "$err" "case\.ini:?.*$(wc -l <c/case.ini)"
says 'assess says the same' 64 'colour' gc -C c assess
says 'and recheck' 64 'colour' gc -C c recheck
sed -i '$d' c/case.ini
printf '[people]\nx = 1\n' >>c/case.ini
says 'an unknown group' 64 '\[?people' gc -C c collect example.com
sed -i '$d' c/case.ini
sed -i '$d' c/case.ini
setting c time wait soon
says 'a value that is no number' 64 'wait' gc -C c collect example.com
setting c time wait 3
printf '\377\376\n' >>c/entities.csv
cp c/entities.csv n/entities.csv
ends 'a table that is not UTF-8' '[01]' gc -C n assess
like '  with file, line and column' "$err" '^goodcause: entities\.csv:2:1: .*not UTF-8'
printf 'name,country\n"open quote,\n' >n/entities.csv
ends 'a table that does not parse' '[01]' gc -C n assess
like '  likewise' "$err" '^goodcause: entities\.csv:2:1: .*quote'
printf 'name,country,sought_for,letter,note\n' >c/entities.csv

# ---- commands
says 'a command that does not exist' 64 'colect' gc colect
like '  suggests one' "$err" 'collect'
says 'an option that does not exist' 64 'nosuch' gc -C c collect --nosuch
says 'a run that does not exist' 2 '9' gc -C c log 9
says 'a record of a run that does not exist' 2 '9' gc -C c show 9 1
says 'a record that is no number' 64 'one' gc -C c show 1 one
says 'diff of one run' 64 'two runs' gc -C c diff 1
says 'recheck where nothing can be' 64 'target' gc -C c recheck
says 'recheck outside a case' 64 'no case' gc -C empty recheck
says 'init over a case' '[26]*' 'c' gc init c --forum US-HI
says 'a forum that is none' 64 'US-ZZ9' gc init d --forum US-ZZ9
says 'no forum' 64 'forum' gc init d
says 'an element that does not exist' 64 'Z-99' gc explain Z-99
says 'verify what is no run' 2 'empty' gc verify empty
says 'verify what is not there' 2 'nothing-here' gc verify nothing-here
says 'a report of no run' '[26]*' '' gc -C c report

# ---- places that cannot be written.  Root can write anywhere, but not into a
# file as if it were a folder, nor into a read-only mount.
: >file
says 'a folder that is a file' 2 'file' gc init file/c --forum US-HI
says 'a case that is a file' '[26]*' 'file' gc -C file assess
ok 'a case on a read-only file system' new_case ro
ends '  collect: status 2' 2 lab plain sh -c "mount --bind ro ro &&
	mount -o remount,ro,bind ro && '$program' -C ro collect plain-demo.com"
like '  names the folder' "$err" '^goodcause: .*ro.*(ead-only|annot)'
is '  and nothing was asked: no run' "$(ls ro/runs)" ''
finish
