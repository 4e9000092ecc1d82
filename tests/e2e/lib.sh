# shellcheck shell=bash
# tests/e2e/lib.sh: sourced by each *.t: a folder of its own, TAP, the lab.
#
#	ok NAME COMMAND...		COMMAND ends with 0
#	is NAME GOT WANT		the same text
#	like NAME TEXT PATTERN		TEXT has a line that matches (ERE)
#	unlike NAME TEXT PATTERN	TEXT has none
#	ends NAME STATUS COMMAND...	COMMAND ends with STATUS; what it said is
#					left in $out and $err (texts)
#	lab WORLD COMMAND...		COMMAND in the lab; $lab_options before
#	gc ARGUMENT...			the program
#	new_case DIR [TARGET...]	a case that waits a second for nobody
#	setting DIR GROUP KEY VALUE	a line of its case.ini
#	json FILE EXPRESSION		of JavaScript over d: the document, or
#					the array of lines of a .jsonl
#	note TEXT			a line for the reader of a failure
#	finish				the plan, and the exit status; always last
#
# The test stands in $here, build/e2e/NAME, which is made anew.  Key, data and
# configuration are of that folder; hashes of databases are cached for all.

set -u
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
program=$(realpath -m "${GOODCAUSE:-$top/build/goodcause}")
here=$top/build/e2e/$(basename "$0" .t)
chmod -R u+w "$here" 2>/dev/null
rm -rf "$here"
mkdir -p "$here"
cd "$here" || exit 2
export HOME=$here/home XDG_DATA_HOME=$here/home/data
export XDG_CONFIG_HOME=$here/home/config
export XDG_CACHE_HOME=$top/build/test-home/cache LC_ALL=C.UTF-8 TZ=UTC
mkdir -p "$XDG_DATA_HOME" "$XDG_CACHE_HOME"
[ -x "$program" ] || { echo "Bail out! no $program; run: make"; exit 2; }

tests=0 failures=0 out='' err='' lab_options=()

verdict() { # STATUS NAME
	tests=$((tests + 1))
	if [ "$1" = 0 ]; then
		echo "ok $tests - $2"
		return 0
	fi
	echo "not ok $tests - $2"
	failures=$((failures + 1))
	return 1
}

note() {
	printf '%s\n' "$1" | head -n 25 | sed 's/^/# /'
}

ok() {
	local name=$1 said status
	shift
	said=$("$@" 2>&1 </dev/null)
	status=$?
	verdict $status "$name" || { note "status $status of: $*"; note "$said"; }
}

is() {
	local status=0
	[ "$2" = "$3" ] || status=1
	verdict $status "$1" || { note "got    $2"; note "wanted $3"; }
}

like() {
	grep -qE -e "$3" <<<"$2"
	verdict $? "$1" || { note "nothing like /$3/ in:"; note "$2"; }
}

unlike() {
	local status=0
	! grep -qE -e "$3" <<<"$2" || status=1
	verdict $status "$1" || { note "/$3/ is in:"; note "$(grep -E -e "$3" <<<"$2")"; }
}

ends() {
	local name=$1 want=$2 status
	shift 2
	"$@" >"$here/.out" 2>"$here/.err" </dev/null
	status=$?
	out=$(tr -d '\0' <"$here/.out") err=$(tr -d '\0' <"$here/.err")
	[[ $status == $want ]]
	verdict $? "$name" || {
		note "status $status, wanted $want, of: $*"
		note "$out"
		note "$err"
	}
}

lab() { # [--wire] WORLD COMMAND...
	local world wire=()
	[ "$1" != --wire ] || { wire=(--wire); shift; }
	world=$1
	shift
	"$top/tests/lab/run" "${wire[@]}" \
		${lab_options[@]+"${lab_options[@]}"} "$world" -- "$@"
}

gc() {
	"$program" "$@"
}

setting() { # DIR GROUP KEY VALUE
	sed -i "/^#*$3 = /d; s|^\\[$2\\]\$|&\\n$3 = $4|" "$1/case.ini"
}

new_case() { # DIR [TARGET...]
	local dir=$1
	shift
	gc init -q "$dir" --forum US-HI \
		--title "DEMONSTRATION: simulated network, not evidence" || return
	setting "$dir" time wait 3
	setting "$dir" collect limit.whois.timeout 1000
	setting "$dir" collect limit.retry.default 300
	setting "$dir" collect limit.pace.whois 1
	[ $# = 0 ] || printf '%s\n' "$@" >"$dir/targets.txt"
}

json() { # FILE EXPRESSION
	node -e '
	const [file, expression] = process.argv.slice(1);
	const text = require("fs").readFileSync(file, "utf8");
	const d = file.endsWith(".jsonl") ?
		text.split("\n").filter(Boolean).map(l => JSON.parse(l)) :
		JSON.parse(text);
	const v = eval(expression);
	console.log(typeof v === "string" ? v : JSON.stringify(v));' "$1" "$2"
}

finish() {
	echo "1..$tests"
	[ $failures = 0 ]
	exit
}
