# shellcheck shell=bash disable=SC2154	# variables of inside.sh
# wire.sh: the collector's own network namespace, and the wire to it. Sourced by inside.sh for --wire.
#
#	collector's namespace			this namespace
#	near  203.0.113.9 ---- near_end --- wire --- far_end ---- far	(servers' addresses on lo)
#
# Neighbours are static, so that no address costs a round trip of discovery; offloads are off, because a frame
# that passes through a packet socket needs its checksum.

[ -f "$S/world/wire.tsv" ] || die "this world has no wire.tsv"
near_mac=02:00:00:00:00:09 far_mac=02:00:00:00:00:01

# wire.tsv with addresses in place of the servers' names
awk -F'\t' '
	/^[#;]/ || /^[ \t]*$/ { next }
	FNR == NR { n = split($1, a, ","); for (i = 1; i <= n; i++) addrs[a[i]] = $3; next }
	{ n = split(($1 in addrs) ? addrs[$1] : $1, a, ",")
	  for (i = 1; i <= n; i++) print a[i], $2 + 0, $3 + 0, $4 + 0 }
' "$S/world/servers.tsv" "$S/world/wire.tsv" >"$R/wire.table" || die "wire.tsv"

unshare -n sleep infinity </dev/null >/dev/null 2>&1 9>&- &
holder=$!
here=$(readlink /proc/self/ns/net)
until there=$(readlink /proc/$holder/ns/net 2>/dev/null) && [ "$there" != "$here" ]; do sleep 0.005; done
collector="nsenter -t $holder -n"

ip -batch - <<-X || die "cannot make the wire's interfaces (veth)"
	link add near_end type veth peer name near address $near_mac
	link add far_end type veth peer name far address $far_mac
	link set near netns $holder
	link set near_end addrgenmode none
	link set far_end addrgenmode none
	link set near_end up
	link set far_end up
	link set far up
	route add 203.0.113.9 dev far
	neigh add 203.0.113.9 lladdr $near_mac dev far nud permanent
X
ip -6 -batch - <<-X || die "cannot make the wire's interfaces (IPv6)"
	route add 2001:db8:113::9 dev far
	neigh add 2001:db8:113::9 lladdr $near_mac dev far nud permanent
X
$collector ip -batch - <<-X || die "cannot make the collector's interface"
	link set lo up
	addr add 203.0.113.9/32 dev near
	link set near up
	route add 203.0.113.1 dev near
	route add default via 203.0.113.1 dev near src 203.0.113.9
	neigh add 203.0.113.1 lladdr $far_mac dev near nud permanent
X
$collector ip -6 -batch - <<-X || die "cannot make the collector's interface (IPv6)"
	addr add 2001:db8:113::9/128 dev near nodad
	route add 2001:db8:113::1 dev near
	route add default via 2001:db8:113::1 dev near src 2001:db8:113::9
	neigh add 2001:db8:113::1 lladdr $far_mac dev near nud permanent
X
off="tx off gso off tso off gro off"
# shellcheck disable=SC2086
{ ethtool -K far $off && $collector ethtool -K near $off; } >/dev/null || die "ethtool"
"$LAB_BIN/wire" "$R/wire.table" near_end far_end </dev/null 2>"$R/wire.out" 9>&- || die "wire: $(cat "$R/wire.out")"
say "wire up"
