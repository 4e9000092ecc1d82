#!/bin/sh
# Checks the run in this folder with a POSIX shell, coreutils and openssl alone.
#
#	sh verify.sh [--key FINGERPRINT] [--roots FILE]
#
# FINGERPRINT is the SHA-256 of the collector's public key (64 hex digits) and
# FILE holds the time-stamp authorities' root certificates in PEM.  Both must
# come from elsewhere: the copies in this folder show only that the run agrees
# with itself.  The environment's KEY and ROOTS serve as well.
#
# Status 0: everything here agrees (the last line says whether it was checked
# against a key and roots from outside).  1: something does not.  2: cannot run.
# A copy of this script that came with a run is only as good as the run: use one
# from the collector's own release where it matters.

LC_ALL=C
export LC_ALL
unset POSIXLY_CORRECT OPENSSL_CONF
here=$(dirname "$0")
KEY=${KEY:-}
ROOTS=${ROOTS:-}
while [ $# -gt 0 ]; do
	case $1 in
	--key) KEY=$2 ;;
	--roots) ROOTS=$2 ;;
	*) echo "usage: sh verify.sh [--key FINGERPRINT] [--roots FILE]" >&2
	   exit 2 ;;
	esac
	shift 2 2>/dev/null || exit 2
done
case $ROOTS in
''|/*) ;;
*) ROOTS=$PWD/$ROOTS ;;
esac
if [ -n "$ROOTS" ] && [ ! -r "$ROOTS" ]; then
	echo "verify.sh: cannot read $ROOTS" >&2
	exit 2
fi
for tool in sha256sum sha512sum date mktemp openssl; do
	command -v $tool >/dev/null 2>&1 || {
		echo "verify.sh: $tool is not installed" >&2
		exit 2
	}
done
cd "$here" || exit 2
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' 0
trap 'exit 2' 1 2 15
nl='
'
bad=0

fault() {	# what: says it and counts it
	bad=$((bad + 1))
	printf '             %s\n' "$1"
}

say() {		# part, words
	printf '  %-9s  %s\n' "$1" "$2"
}

hash() {	# file: its SHA-256, "missing" where there is none
	if [ -f "$1" ] && [ ! -L "$1" ]; then
		set -- "$(sha256sum <"$1")"
		echo "${1%% *}"
	else
		echo missing
	fi
}

value() {	# file, label: the value of its first line "label: value"
	while IFS= read -r l; do
		case $l in
		"$2: "*) printf '%s\n' "${l#"$2: "}"; return ;;
		esac
	done <"$1"
}

# ---- every file is listed, every listed file is there and has its hashes

manifest=$nl$(cat manifest-sha256.txt 2>/dev/null)$nl
tags=$nl$(cat tagmanifest-sha256.txt 2>/dev/null)$nl
after=$nl$(cat after-sha256.txt 2>/dev/null)$nl
files=0

listed() {	# list, file
	case $1 in
	*"  $2$nl"*) return 0 ;;
	esac
	return 1
}

walk() {	# folder: every file below it is in the list for its place
	for f in "$1"/* "$1"/.[!.]* "$1"/..?*; do
		[ -e "$f" ] || [ -L "$f" ] || continue
		f=${f#./}
		if [ -L "$f" ]; then
			fault "$f is a link"
		elif [ -d "$f" ]; then
			case $f in
			data|data/*) walk "$f" ;;
			*) fault "$f is no part of the run" ;;
			esac
		else
			files=$((files + 1))
			case $f in
			data/*) listed "$manifest" "$f" ;;
			tagmanifest-sha256.txt|tagmanifest-sha512.txt) : ;;
			after-sha256.txt) : ;;
			*) listed "$tags" "$f" || listed "$after" "$f" ;;
			esac || fault "$f is not listed"
		fi
	done
}

sums() {	# program, list
	[ -s "$2" ] || { fault "$2 is missing or empty"; return; }
	"$1" --check --strict --quiet "$2" >"$tmp/out" 2>&1 && return
	while IFS= read -r l; do
		fault "$2: $l"
	done <"$tmp/out"
}

printf '%s\n' "$(pwd)"
walk .
sums sha256sum manifest-sha256.txt
sums sha512sum manifest-sha512.txt
sums sha256sum tagmanifest-sha256.txt
sums sha512sum tagmanifest-sha512.txt
sums sha256sum after-sha256.txt
for f in bagit.txt bag-info.txt open.txt manifest-sha256.txt \
    manifest-sha512.txt VERIFY.txt verify.sh; do
	listed "$tags" "$f" || fault "$f is not listed in tagmanifest-sha256.txt"
done
for f in head.txt seal.txt; do
	listed "$after" "$f" || fault "$f is not listed in after-sha256.txt"
done

# The last list is covered by none: it must be what sha256sum prints.
names=
while IFS= read -r l; do
	names="$names ${l#*  }"
done <after-sha256.txt 2>/dev/null
case $names in
*[!a-z0-9.\ -]*) fault "after-sha256.txt is not as it was written" ;;
*)	# shellcheck disable=SC2086
	[ "$(sha256sum $names 2>/dev/null | sha256sum)" = \
	    "$(sha256sum <after-sha256.txt 2>/dev/null)" ] ||
		fault "after-sha256.txt is not as it was written" ;;
esac
[ "$(hash bagit.txt)" = \
  1712ecfb074bf29c4188ad3421032509159a09739fd604f8fe57038b4ddefcc9 ] ||
	fault "bagit.txt is not the declaration of BagIt 1.0"
say files "$files files, $bad faults"

# ---- the head speaks of these files

was=$bad
for f in head.txt open.txt seal.txt data/log.jsonl; do
	[ -f $f ] || { fault "$f is missing"; : >"$tmp/none"; }
done
if [ $bad -gt $was ]; then
	echo "does not verify: $bad faults"
	exit 1
fi

field() {	# label, what it must be
	[ "$(value head.txt "$1")" = "$2" ] ||
		fault "head.txt: $1 is not what the run holds"
}

field format goodcause-head/1
field open-sha256 "$(hash open.txt)"
field tagmanifest-sha256 "$(hash tagmanifest-sha256.txt)"
set -- "$(sha512sum <tagmanifest-sha512.txt)"
field tagmanifest-sha512 "${1%% *}"
for label in run-id run title case key-sha256 previous-head ledger-tip \
    imports-tip; do
	field $label "$(value open.txt $label)"
done
[ "$(value open.txt settings-sha256)" = "$(hash data/settings.json)" ] ||
	fault "data/settings.json is not what the run was opened with"
if [ -f head.sig ]; then
	want=$(sha256sum head.txt head.sig)
else
	want=$(sha256sum head.txt)
fi
[ "$(cat seal.txt)" = "$want" ] ||
	fault "seal.txt does not hold the sums of head.txt and head.sig"
say head "$(value head.txt state), $(value head.txt exchanges) exchanges, $((
    bad - was)) faults"

# ---- the log: each line holds the hash of the line before

was=$bad
tip=0000000000000000000000000000000000000000000000000000000000000000
lines=0
token=none
while IFS= read -r l; do
	lines=$((lines + 1))
	case $l in
	"{\"n\":$lines,\"type\":\""*"\",\"prev\":\"$tip\""*) ;;
	*) fault "line $lines of the log does not hold the hash of the line before"
	   break ;;
	esac
	if [ $lines = 1 ]; then
		case $l in
		*'"open_token_sha256":"'*)
			token=${l#*'"open_token_sha256":"'}
			token=${token%%'"'*} ;;
		esac
		[ -n "$token" ] || token=none
	fi
	set -- "$(printf '%s\n' "$l" | sha256sum)"
	tip=${1%% *}
done <data/log.jsonl
field log-tip "$tip"
field log-lines "$lines"
field open-token-sha256 "$token"
say log "$lines lines, $((bad - was)) faults"

# ---- the signature

was=$bad
key_outside=no
if [ -f head.sig ] && [ -f collector.pub ]; then
	openssl pkey -pubin -in collector.pub -outform DER \
	    -out "$tmp/key.der" 2>/dev/null
	print=$(hash "$tmp/key.der")
	field key-sha256 "$print"
	openssl dgst -sha256 -verify collector.pub -signature head.sig \
	    head.txt >/dev/null 2>&1 ||
		fault "the signature does not match head.txt and collector.pub"
	if [ -z "$KEY" ]; then
		say signature "key $print, from this folder"
	elif [ "$KEY" = "$print" ]; then
		key_outside=yes
		say signature "key $print, given from outside"
	else
		fault "signed with another key than the one given: $print"
	fi
elif [ -f head.sig ] || [ -f collector.pub ] || [ -n "$KEY" ] ||
    [ "$(value head.txt key-sha256)" != none ]; then
	fault "the signature or its key is missing"
else
	say signature "none: the run was made without a key"
fi

# ---- the tokens

epoch() {	# token: its time, in words and in seconds
	when=
	weak=no
	openssl ts -reply -in "$1" -text >"$tmp/text" 2>/dev/null
	while IFS= read -r l; do
		case $l in
		"Time stamp: "*) when=${l#Time stamp: } ;;
		"Hash Algorithm: sha256"|"Hash Algorithm: sha384") ;;
		"Hash Algorithm: sha512") ;;
		"Hash Algorithm: "*) weak=yes ;;
		esac
	done <"$tmp/text"
	[ -n "$when" ] || return 1
	seconds=$(date -u -d "$when" +%s 2>/dev/null) || return 1
}

whole() {	# token: one DER object and nothing behind it
	openssl asn1parse -inform DER -in "$1" >"$tmp/asn1" 2>/dev/null
	IFS= read -r l <"$tmp/asn1" || return 1
	h=${l#*hl=}
	h=${h%% *}
	n=${l#* l=}
	n=${n#"${n%%[! ]*}"}
	n=${n%% *}
	set -- $(wc -c <"$1")
	[ "$((h + n))" = "$1" ] 2>/dev/null
}

holds() {	# token, query, data, roots, further options: the three checks
	t=$1 q=$2 d=$3 r=$4
	shift 4
	openssl ts -verify -data "$d" -in "$t" -CAfile "$r" -attime "$seconds" \
	    "$@" >/dev/null 2>&1 &&
	openssl ts -verify -queryfile "$q" -in "$t" -CAfile "$r" \
	    -attime "$seconds" "$@" >/dev/null 2>&1
}

inside() {	# token, chain: the certificates that came along, as roots
	{ openssl ts -reply -in "$1" -token_out 2>/dev/null |
	    openssl pkcs7 -inform DER -print_certs 2>/dev/null
	[ ! -f "$2" ] || cat "$2"; } >"$tmp/inside.pem"
}

check_end() {	# part, stem, data: sets good and outside
	good=no outside=no
	for t in "$2".*.tsr; do
		[ -f "$t" ] || continue
		s=${t%.tsr}
		case $s in
		*.rejected) say "$1" "$t was not accepted when it came"
			continue ;;
		esac
		if ! epoch "$t" || [ $weak = yes ] || ! whole "$t"; then
			fault "$t: no sound token"
			continue
		fi
		inside "$t" "$s.chain.pem"
		if [ -n "$ROOTS" ] && holds "$t" "$s.tsq" "$3" "$ROOTS" \
		    -untrusted "$tmp/inside.pem"; then
			how="root given from outside"
		elif holds "$t" "$s.tsq" "$3" "$tmp/inside.pem" -partial_chain; then
			how="root of this folder only"
		else
			fault "$t: does not hold over $3"
			continue
		fi
		if [ "$1" = opening ] && [ "$(hash "$t")" != "$token" ]; then
			say "$1" "$when, $t, kept beside the one that opened the run"
			continue
		fi
		good=yes
		[ "$how" != "root given from outside" ] || outside=yes
		say "$1" "$when, $t, $how"
	done
	[ $good = yes ] || say "$1" "no token: untimed at this end"
	if [ -n "$ROOTS" ] && [ $good = yes ] && [ $outside = no ]; then
		fault "no $1 token is under the roots given"
	fi
}

check_end opening open open.txt
opened=$outside
[ $good = yes ] || [ "$token" = none ] ||
	fault "the opening token that the log's first line names is missing"
check_end closing seal seal.txt
closed=$outside

# ---- all of it

echo "  not here   records one by one and facts: goodcause verify reads those"
if [ $bad -gt 0 ]; then
	echo "does not verify: $bad faults"
	exit 1
fi
if [ $key_outside = yes ] && [ $opened = yes ] && [ $closed = yes ]; then
	echo "verified: unchanged since sealing, collected between the two times above"
else
	echo "consistent with the key and roots in this folder, not verified"
	echo "Give --key and --roots from elsewhere."
fi
echo "What this shows: the stored bytes are unchanged. Not who published the pages."
exit 0
