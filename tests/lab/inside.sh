# shellcheck shell=bash
# inside.sh COMMAND...: the first process of the lab's namespaces. Brings up addresses, trust anchors and
# servers, runs COMMAND, and ends; the kernel then ends everything else. Started by enter.sh only.
set -u
LAB=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
S=$LAB_STATE
R=$S/rt

die() { echo "lab: $*" >&2; exit 2; }
say() { [ -z "$LAB_VERBOSE" ] || echo "lab: +$((($(date +%s%N) - t0) / 1000000)) ms $*" >&2; }
t0=$(date +%s%N)

# ---- nowhere but in a network namespace that is ours and empty
[ $$ = 1 ] || die "inside.sh is started by tests/lab/run only"
[ "$(readlink /proc/self/ns/net)" != "${LAB_OUTSIDE:-}" ] || die "this is the machine's own network: refused"
while IFS=: read -r dev rest; do
	case "$dev$rest" in *'|'*) continue ;; esac
	case ${dev// /} in
	lo|tunl0|gre0|gretap0|erspan0|ip_vti0|ip6_vti0|sit0|ip6tnl0|ip6gre0) ;; # some kernels put these in every namespace
	*) die "there is a network device ${dev// /} here: refused" ;;
	esac
done </proc/net/dev

# ---- runtime files: in memory, seen by this namespace alone
mount -t tmpfs -o mode=755 lab "$R" || die "cannot mount a tmpfs on $R"
mkdir "$R/tmp"
awk -v state="$S" -v rt="$R" -v without="$LAB_WITHOUT" -f "$LAB/serve.awk" "$S/world/servers.tsv" ||
	die "cannot write the servers' settings"

# ---- addresses
if ! ip link set lo up || ! ip -batch "$R/addresses"; then die "cannot add the addresses to lo"; fi
say "$(wc -l <"$R/addresses") addresses"

# ---- trust anchors, where a machine has them; and no resolver of the machine's by a side door
over() { mount --bind "$1" "$(realpath "$2")" || die "cannot put the lab's $2 in place"; }
over "$S/etc/resolv.conf" /etc/resolv.conf
over "$S/etc/nsswitch.conf" /etc/nsswitch.conf
over "$S/etc/dns" /usr/share/dns
over "$S/etc/certs" /etc/ssl/certs
for dir in /run/nscd /run/systemd/resolve; do
	[ ! -d $dir ] || mount -t tmpfs lab $dir || die "cannot hide $dir"
done

ulimit -n "$(ulimit -Hn)" 2>/dev/null   # a world of 200 sites listens on 800 sockets

# ---- servers: each goes to the background when its sockets listen
start() {
	local what=$1
	shift
	"$@" </dev/null >>"$R/$what.out" 2>&1 9>&- || echo "$what" >>"$R/failed"
}
pids=
for conf in "$R"/nsd-*.conf; do
	what=${conf##*/}
	start "${what%.conf}" nsd -c "$conf" &
	pids="$pids $!"
done
start nginx nginx -c "$R/nginx.conf" -e "$R/nginx.log" &
pids="$pids $!"
start whoisd "$LAB_BIN/whoisd" "$R/whoisd.table" &
pids="$pids $!"
start dnsd "$LAB_BIN/dnsd" "$R/dnsd.table" &
pids="$pids $!"
start rawd "$LAB_BIN/rawd" "$R/rawd.table" &
pids="$pids $!"
start tsad "$LAB_BIN/tsad" "$R/tsad.table" &
pids="$pids $!"
collector=
[ -z "$LAB_WIRE" ] || . "$LAB/wire.sh"
# shellcheck disable=SC2086
wait $pids
if [ -e "$R/failed" ]; then
	while read -r what; do
		echo "lab: $what did not start:" >&2
		tail -n 5 "$R/$what".*[ot][ug]* >&2
	done <"$R/failed"
	exit 2
fi
say "servers up"

unset LAB_STATE LAB_WIRE LAB_WITHOUT LAB_OUTSIDE LAB_BIN
export LAB_LOGS=$R
# shellcheck disable=SC2086
$collector "$@" 9>&-
status=$?
[ -z "$LAB_VERBOSE" ] || cat "$R"/*.log >&2
exit $status
