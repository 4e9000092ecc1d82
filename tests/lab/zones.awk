# zones.awk: makes the lab's unsigned zone files from a world's tables.
#
#	awk -f zones.awk -v out=DIR servers.tsv zones.tsv origins.tsv zones/*
#
# Every record goes into the deepest zone that holds its name. Delegations,
# their glue and the reverse names come from the tables by themselves; DS
# records are added later, when the children are signed. Writes
#	DIR/ZONE		one zone each ("root" for ".")
#	DIR/plan		depth, zone, parent, DNSSEC, groups: deepest first

function fqdn(name) { return name == "." ? "." : name "." }

function file(zone) { return out "/" (zone == "." ? "root" : zone) }

# The deepest zone that holds name (both without the last dot).
function zone_of(name) {
	while (name != "" && !(name in zone_ns))
		name = index(name, ".") ? substr(name, index(name, ".") + 1) : ""
	return name == "" ? "." : name
}

function parent_of(zone) {
	if (zone == ".")
		return "-"
	return index(zone, ".") ? zone_of(substr(zone, index(zone, ".") + 1)) : "."
}

function put(zone, line) {
	if (!((zone, line) in seen)) {
		seen[zone, line] = 1
		print line > file(zone)
	}
}

function rrtype(addr) { return index(addr, ":") ? "AAAA" : "A" }

function put_addresses(zone, name,    a, i, n) {
	n = split(addrs[name], a, ",")
	for (i = 1; i <= n; i++)
		put(zone, fqdn(name) " 300 IN " rrtype(a[i]) " " a[i])
}

# 192.0.2.1 -> 1.2.0.192.in-addr.arpa; the same for IPv6, in nibbles.
function reverse_name(addr,    p, n, i, j, word, words, missing, all) {
	if (!index(addr, ":")) {
		split(addr, p, ".")
		return p[4] "." p[3] "." p[2] "." p[1] ".in-addr.arpa"
	}
	n = split(addr, p, ":")
	for (i = 1; i <= n; i++)
		words += p[i] != ""
	for (i = 1; i <= n; i++) {
		if (p[i] == "" && !missing) {
			for (missing = 1; missing <= 8 - words; missing++)
				all = all "0000"
		} else if (p[i] != "") {
			word = "0000" p[i]
			all = all substr(word, length(word) - 3)
		}
	}
	word = ""
	for (j = 32; j >= 1; j--)
		word = word tolower(substr(all, j, 1)) "."
	return word "ip6.arpa"
}

function group_of(kind) { return kind == "root" || kind == "tld" ? kind : "leaf" }

BEGIN { FS = "\t" }

/^[#;]/ || /^[ \t]*$/ { next }

FILENAME ~ /servers\.tsv$/ {
	n = split($1, names, ",")
	for (i = 1; i <= n; i++) {
		if ($2 != "resolver") {
			addrs[names[i]] = $3
			kind[names[i]] = $2
			opts[names[i]] = "," $4 ","
		}
	}
	if (match($4, /ptr=[^,]*/)) {
		ptr_name = substr($4, RSTART + 4, RLENGTH - 4)
		n = split($3, list, ",")
		for (i = 1; i <= n; i++)
			ptr[list[i]] = ptr_name
	}
	next
}

FILENAME ~ /zones\.tsv$/ {
	zone_ns[$1] = $2
	dnssec[$1] = $3
	next
}

FILENAME ~ /origins\.tsv$/ {
	origin[++origins] = $0
	next
}

# A record of the world's own: absolute name first.
{
	split($0, field, /[ \t]+/)
	name = field[1]
	sub(/\.$/, "", name)
	record[++records] = $0
	record_name[records] = name
	if ($0 ~ /[ \t](A|AAAA|CNAME)[ \t]/)
		has_own[name] = 1
}

END {
	for (zone in zone_ns)
		start_zone(zone)
	for (i = 1; i <= records; i++)
		put(zone_of(record_name[i]), record[i])
	for (name in addrs)
		if (!(name in has_own))
			put_addresses(zone_of(name), name)
	for (addr in ptr) {
		name = reverse_name(addr)
		put(zone_of(name), name ". 3600 IN PTR " ptr[addr] ".")
	}
	put_origins()
	for (zone in zone_ns)
		delegate(zone)
}

# The bits of an address that a prefix keeps, as digits: those of four bits for
# IPv6 (prefixes end between them there), single bits for IPv4.
function digits(addr, len,    p, r, i, n, s, v) {
	if (index(addr, ":")) {
		r = reverse_name(addr)
		sub(/ip6\.arpa$/, "", r)
		gsub(/\./, "", r)
		for (i = 32; i > 32 - len / 4; i--)
			s = s substr(r, i, 1)
		return "6" s
	}
	split(addr, p, ".")
	for (n = 1; n <= 4; n++)
		for (i = 7; i >= 0; i--) {
			v = int(p[n] / 2 ^ i) % 2
			if (length(s) < len)
				s = s v
		}
	return "4" s
}

# What routing data says of each address of servers.tsv: see probes/origin.h.
function put_origins(    i, f, part, name, a, n, k, addr, asked, seen_addr, as) {
	for (i = 1; i <= origins; i++) {
		split(origin[i], f, "\t")
		split(f[1], part, "/")
		prefix[i] = digits(part[1], part[2])
		n = split(f[2], as, " ")
		for (k = 1; k <= n; k++)
			put(zone_of("asn.cymru.com"), "AS" as[k] \
			    ".asn.cymru.com. 300 IN TXT \"" as[k] " | " f[3] \
			    " | " f[4] " | " f[5] " | " f[6] "\"")
	}
	for (name in addrs) {
		n = split(addrs[name], a, ",")
		for (k = 1; k <= n; k++)
			if (!(a[k] in seen_addr)) {
				seen_addr[a[k]] = 1
				put_origin(a[k])
			}
	}
}

function put_origin(addr,    i, best, all, asked, f) {
	all = digits(addr, 128)
	for (i = 1; i <= origins; i++)
		if (index(all, prefix[i]) == 1 &&
		    (!best || length(prefix[i]) > length(prefix[best])))
			best = i
	if (!best)
		return
	asked = reverse_name(addr)
	sub(/\.in-addr\.arpa$/, ".origin", asked)
	sub(/\.ip6\.arpa$/, ".origin6", asked)
	split(origin[best], f, "\t")
	put(zone_of("asn.cymru.com"), asked ".asn.cymru.com. 300 IN TXT \"" \
	    f[2] " | " f[1] " | " f[3] " | " f[4] " | " f[5] "\"")
}

function start_zone(zone,    n, ns, i) {
	n = split(zone_ns[zone], ns, ",")
	put(zone, fqdn(zone) " 3600 IN SOA " ns[1] ". hostmaster." \
	    (zone == "." ? "iana.org." : fqdn(zone)) \
	    " 2026110101 7200 3600 1209600 300")
	for (i = 1; i <= n; i++)
		if (!index(opts[ns[i]], ",parent-only,"))
			put(zone, fqdn(zone) " 86400 IN NS " ns[i] ".")
}

# NS records in the parent, glue for the servers whose names lie below it.
function delegate(zone,    parent, n, ns, i, groups, g, depth) {
	parent = parent_of(zone)
	n = split(zone_ns[zone], ns, ",")
	for (i = 1; i <= n; i++) {
		if (!(ns[i] in addrs)) {
			print "zones.tsv: " zone ": " ns[i] \
			    " is not in servers.tsv" > "/dev/stderr"
			exit 1
		}
		g = group_of(kind[ns[i]])
		if (!index(groups, g))
			groups = groups (groups ? "," : "") g
		if (parent == "-") {
			put_addresses(zone, ns[i])
			continue
		}
		put(parent, fqdn(zone) " 86400 IN NS " ns[i] ".")
		if (index(opts[ns[i]], ",no-glue,"))
			continue
		if (parent == "." || ("." ns[i]) ~ ("\\." parent "$"))
			put_addresses(parent, ns[i])
	}
	if (dnssec[zone] == "lame")
		groups = "-"
	depth = zone == "." ? 0 : split(zone, ns, ".")
	print depth "\t" zone "\t" parent "\t" dnssec[zone] "\t" groups \
	    > (out "/plan")
}
