# shellcheck shell=bash disable=SC2154,SC2016	# variables of run; nginx's own dollar signs
# build.sh: makes a world's state once: zones signed, certificates, tables. Sourced by run.
#
# The state lies in STATE/WORLD/KEY, where KEY is a hash over the world's files and the lab's. It is made in a
# folder of another name and renamed when whole. It never changes after that, so any number of runs share it.

# What the state depends on. The month stands in it because certificates and signatures live 90 days.
state_key() {
	{
		date -u +%Y-%m
		echo "$targets $world_name"
		find "$LAB"/*.awk "$LAB"/build.sh "$LAB"/certgen.c "$LAB/internet" "$world" -type f \
			! -name README.md ! -path '*/case/*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
	} | sha256sum | cut -c1-16
}

# Prints the state's folder, made if need be.
ready_state() {
	local world_name top key
	world_name=${world##*/}
	[ ! -f "$world/generate" ] || world_name=$world_name-$targets
	top=$state_top/$world_name
	key=$(state_key)
	if [ ! -f "$top/$key/key" ]; then
		mkdir -p "$top" || die "cannot make $top (--state DIR names another place)"
		top=$(cd "$top" && pwd)
		exec 8>"$top/lock" || die "cannot write $top"
		flock 8
		[ -f "$top/$key/key" ] || build "$top" "$key" || die "cannot build the world $world_name"
		exec 8>&-
	fi
	(cd "$top/$key" && pwd)
}

build() {
	local top=$1 key=$2 old
	for old in "$top"/*/; do                        # states that nobody uses any more
		[ ! -d "$old" ] || flock -n "$old/key" rm -rf "$old" 2>/dev/null || [ -f "$old/key" ] || rm -rf "$old"
	done
	tmp=$top/new.$key final=$top/$key
	say "building $final"
	rm -rf "$tmp"
	mkdir -p "$tmp"/{world,zones,keys,certs,conf,etc/dns,etc/certs,rt} &&
		stage &&
		{ make_certs & } &&
		make_zones && make_tables && make_anchors && wait $! && make_bundle &&
		echo "$key" >"$tmp/key" && mv "$tmp" "$final"
}

# The internet that every world has, with the world laid over it: tables are added up, files are added.
stage() {
	local layer f
	for layer in "$LAB/internet" "$world" generated; do
		if [ "$layer" = generated ]; then
			[ -f "$world/generate" ] || continue
			mkdir "$tmp/generated" && (cd "$tmp/generated" && sh "$world/generate" "$targets") || return 1
			layer=$tmp/generated
		fi
		for f in servers zones networks origins; do
			[ ! -f "$layer/$f.tsv" ] || cat "$layer/$f.tsv" >>"$tmp/world/$f.tsv"
		done
		for f in zones dnsd raw whois rdap networks sites; do
			[ ! -d "$layer/$f" ] || cp -r "$layer/$f" "$tmp/world/" || return 1
		done
	done
	[ ! -f "$world/wire.tsv" ] || cp "$world/wire.tsv" "$tmp/world/"
	mkdir -p "$tmp/world/zones" "$tmp/world/networks"
	# the same date whenever it is built, so that Last-Modified says the same
	find "$tmp/world/sites" -exec touch -d 2026-03-02T09:00:00Z {} +
	touch "$tmp/world/networks.tsv" "$tmp/world/zones/none"
}

make_certs() {
	awk -F'\t' '
		/^#/ || NF < 3 { next }
		$4 ~ /cert=/ { $1 = $4; sub(/.*cert=/, "", $1); sub(/,.*/, "", $1) }
		$4 ~ /odd=/ { o = $4; sub(/.*odd=/, "", o); sub(/,.*/, "", o); gsub(",", " ", $1); print "odd " o " " $1; next }
		$2 == "web" && $4 !~ /no-tls/ || $2 == "rdap" || $2 == "raw" && $4 ~ /443/ { gsub(",", " ", $1); print "site " $1 }
		$2 == "tsa" { org = $4; sub(/.*org=/, "", org); sub(/,.*/, "", org); print "tsa " $1 " " org }
	' "$tmp/world/servers.tsv" | "$REPO/build/lab-bin/certgen" "$tmp/certs"
}

# Signs a zone with one key of its own and gives its DS to the parent.
sign_zone() {
	local name=$1 file=$2 parent=$3 how=$4 key origin flags=
	local expires=$expires inception=$inception
	origin=${name%.}.
	key=$(cd "$tmp/keys" && ldns-keygen -r /dev/urandom -a ECDSAP256SHA256 -k "$origin") || return 1
	case $how in
	nsec3) flags="-n -t 0" ;;
	optout) flags="-n -p -t 0" ;;
	expired) expires=$(date -u -d '-3 days' +%Y%m%d) inception=$(date -u -d '-33 days' +%Y%m%d) ;;
	esac
	# shellcheck disable=SC2086
	ldns-signzone $flags -e "$expires" -i "$inception" -o "$origin" -f "$tmp/zones/$file.signed" \
		"$tmp/zones/$file" "$tmp/keys/$key" || return 1
	if [ "$parent" = - ]; then
		cp "$tmp/keys/$key.key" "$tmp/keys/root.key" && cp "$tmp/keys/$key.ds" "$tmp/keys/root.ds"
	else
		[ "$how" != bogus ] || sed -i 's/[0-9a-f]\{8\}$/00000000/' "$tmp/keys/$key.ds"
		cat "$tmp/keys/$key.ds" >>"$tmp/zones/$(zone_file "$parent")"
	fi
}

zone_file() { [ "$1" = . ] && echo root || echo "$1"; }

make_zones() {
	local zone parent how groups group file
	local expires inception
	expires=$(date -u -d '+90 days' +%Y%m%d) inception=$(date -u -d '-2 days' +%Y%m%d)
	awk -f "$LAB/zones.awk" -v out="$tmp/zones" "$tmp/world/servers.tsv" "$tmp/world/zones.tsv" \
		"$tmp/world/origins.tsv" "$tmp"/world/zones/* || return 1
	touch "$tmp"/conf/nsd-{root,tld,leaf,resolver}.zones
	while IFS=$'\t' read -r _ zone parent how groups; do
		file=$(zone_file "$zone")
		if [ "$how" != unsigned ] && [ "$how" != lame ]; then
			sign_zone "$zone" "$file" "$parent" "$how" || return 1
			file=$file.signed
		fi
		# The resolver knows them all, even one that is delegated to who does not.
		[ "$groups" != - ] || groups=
		for group in resolver ${groups//,/ }; do
			printf 'zone:\n name: %s\n zonefile: %s\n' "$zone" "$file" >>"$tmp/conf/nsd-$group.zones"
		done
	done < <(sort -rn "$tmp/zones/plan")
}

# Address blocks for the two kinds of registry, and file types for nginx.
make_tables() {
	local prefix rdap whois stem note
	{
		echo 'map $uri $rdap_asked { ~/ip/(?<a>[0-9a-fA-F.:]+)$ $a; default 255.255.255.255; }'
		echo 'geo $rdap_asked $rdap_network { default none;'
		awk -F'\t' '!/^#/ && NF >= 4 && $2 != "-" { print " " $1 " " $4 ";" }' "$tmp/world/networks.tsv"
		echo '}'
	} >"$tmp/conf/networks.nginx"
	while IFS=$'\t' read -r prefix rdap whois stem note; do
		case $prefix in ''|'#'*) continue ;; esac
		if [ "$rdap" != - ]; then
			mkdir -p "$tmp/world/rdap/$rdap/ip"
			cp "$tmp/world/networks/$stem.json" "$tmp/world/rdap/$rdap/ip/" || return 1
		fi
		if [ "$whois" != - ]; then
			mkdir -p "$tmp/world/whois/$whois"
			echo "$prefix _$stem" >>"$tmp/world/whois/$whois/_networks"
			cp "$tmp/world/networks/$stem.txt" "$tmp/world/whois/$whois/_$stem" || return 1
		fi
	done <"$tmp/world/networks.tsv"
	cat >"$tmp/conf/types" <<-'X'
	types { text/html html; text/plain txt; text/css css; application/javascript js; application/json json;
	 image/png png; image/svg+xml svg; image/x-icon ico; application/xml xml; application/octet-stream bin exe apk dmg; }
	X
}

# The files of dns-root-data, resolv.conf and nsswitch.conf as the lab has them.
make_anchors() {
	local resolver
	awk -F'\t' '/^#/ || $2 != "root" { next }
		{ sub(/,.*/, "", $1); n = split($3, a, ","); $1 = toupper($1)
		  printf ".\t3600000\tNS\t%s.\n", $1
		  for (i = 1; i <= n; i++) printf "%s.\t3600000\t%s\t%s\n", $1, index(a[i], ":") ? "AAAA" : "A", a[i] }
	' "$tmp/world/servers.tsv" >"$tmp/etc/dns/root.hints"
	sed 's/\t/ /g; s/ ;.*//' "$tmp/keys/root.key" >"$tmp/etc/dns/root.key"
	sed 's/\t/ /g' "$tmp/keys/root.ds" >"$tmp/etc/dns/root.ds"
	resolver=$(awk -F'\t' '$2 == "resolver" { sub(/,.*/, "", $3); print $3; exit }' "$tmp/world/servers.tsv")
	echo "nameserver $resolver" >"$tmp/etc/resolv.conf"
	sed 's/^hosts:.*/hosts: files dns/' /etc/nsswitch.conf 2>/dev/null >"$tmp/etc/nsswitch.conf" ||
		echo 'hosts: files dns' >"$tmp/etc/nsswitch.conf"
}

# /etc/ssl/certs as Debian has it: one bundle, and one file a root with its hashed name.
make_bundle() {
	cp "$tmp/certs/roots.pem" "$tmp/etc/certs/ca-certificates.crt" &&
		awk -v dir="$tmp/etc/certs" '/BEGIN/ { n++ } { print >(dir "/lab-root-" n ".pem") }' "$tmp/certs/roots.pem" &&
		openssl rehash "$tmp/etc/certs" 2>/dev/null
}
