# serve.awk: the servers' settings for one start of the lab, from the world's servers.tsv.
#
#	awk -v state=DIR -v rt=DIR -v without="NAME..." -f serve.awk servers.tsv
#
# A name in `without`, or with the option `down`, keeps its address and has no server on it, so that a
# connection is refused.

function option(name,    m) {
	if (match("," opts ",", "," name "(=[^,]*)?,")) {
		m = substr("," opts ",", RSTART + 1, RLENGTH - 2)
		return index(m, "=") ? substr(m, index(m, "=") + 1) : 1
	}
	return ""
}

function versions(s) {
	gsub(/[+]/, " TLSv", s)
	sub(/TLSv1[.]0/, "TLSv1", s)
	s = "TLSv" s
	sub(/TLSv1[.]0/, "TLSv1", s)
	return s
}

function bracket(addr) { return index(addr, ":") ? "[" addr "]" : addr }

function listen(port, flags,    i, s) {
	for (i = 1; i <= n_addr; i++)
		s = s " listen " bracket(addr[i]) ":" port flags ";"
	return s
}

BEGIN {
	FS = "\t"
	n = split(without, list, " ")
	for (i = 1; i <= n; i++)
		down[list[i]] = 1
	sites = rt "/sites.conf"
	printf "" > (rt "/whoisd.table")
	printf "" > (rt "/dnsd.table")
	printf "" > (rt "/tsad.table")
	printf "" > (rt "/rawd.table")
	# Where a dnsd server puts its questions: the group's own servers.
	behind["root"] = "127.0.53.1"; behind["tld"] = "127.0.53.2"
	behind["leaf"] = "127.0.53.3"; behind["resolver"] = "127.0.53.4"
	printf "" > sites
}

/^#/ || NF < 3 { next }

{
	n_names = split($1, names, ",")
	kind = $2
	n_addr = split($3, addr, ",")
	opts = $4
	is_down = option("down") != ""
	for (i = 1; i <= n_names; i++)
		if (names[i] in down) {
			is_down = 1
			used[names[i]] = 1
		}
	for (i = 1; i <= n_addr; i++) {
		if ($3 != "-" && !(addr[i] in have)) {
			have[addr[i]] = 1
			print "addr add " addr[i] (index(addr[i], ":") ? \
			    "/128 dev lo nodad" : "/32 dev lo") \
			    > (rt "/addresses")
		}
	}
	if ($3 == "-" || is_down)
		next
}

kind == "root" || kind == "tld" || kind == "dns" || kind == "resolver" {
	group = kind == "dns" ? "leaf" : kind
	for (i = 1; i <= n_addr; i++)
		if (!((group, addr[i]) in bound)) {
			bound[group, addr[i]] = 1
			ips[group] = ips[group] " ip-address: " addr[i] "\n"
		}
}

kind == "whois" {
	for (i = 1; i <= n_addr; i++)
		print addr[i], option("silent") ? "silent" : "normal", \
		    state "/world/whois/" names[1] > (rt "/whoisd.table")
}

kind == "dnsd" {
	group = option("as") == "" ? "leaf" : option("as")
	if (!(group in asked)) {
		asked[group] = 1
		ips[group] = ips[group] " ip-address: " behind[group] "\n"
	}
	for (i = 1; i <= n_addr; i++)
		print addr[i], behind[group], state "/world/dnsd/" names[1] \
		    > (rt "/dnsd.table")
}

kind == "raw" {
	n_ports = split(option("ports") == "" ? "80" : option("ports"), port, "+")
	for (i = 1; i <= n_addr; i++)
		for (k = 1; k <= n_ports; k++)
			print addr[i], port[k], state "/world/raw/" names[1] \
			    "/" port[k], state "/certs/" names[1] \
			    > (rt "/rawd.table")
}

kind == "tsa" {
	for (i = 1; i <= n_addr; i++)
		print addr[i], state "/certs/" names[1] ".pem", \
		    state "/certs/" names[1] ".key", "2.999.1." (++authority) \
		    > (rt "/tsad.table")
}

kind == "web" || kind == "rdap" {
	server_names = $1
	gsub(",", " ", server_names)
	common = " server_name " server_names ";"
	cert = state "/certs/" (option("cert") == "" ? names[1] : option("cert"))
	tls = " ssl_certificate " cert ".pem; ssl_certificate_key " cert ".key;"
	if (option("tls") != "")
		tls = tls " ssl_protocols " versions(option("tls")) ";" \
		    " ssl_ciphers ALL:@SECLEVEL=0;"
	if (option("odd") == "staple")
		tls = tls " ssl_stapling on; ssl_stapling_file " cert ".ocsp;"
	root = " root " state "/world/sites/" names[1] ";"
	extra = " include " state "/world/sites/" names[1] ".conf*;"
}

kind == "web" && option("redirect") {
	print "server {" listen(80, "") common \
	    " return 301 https://$host$request_uri; }" > sites
}

kind == "web" {
	plain = option("redirect") ? "" : listen(80, "")
	secure = option("no-tls") ? "" : \
	    listen(443, " ssl" (option("h2") ? " http2" : "")) tls
	print "server {" plain secure common root extra \
	    " location / { try_files $uri $uri.html $uri/index.html =404; } }" > sites
}

kind == "rdap" {
	n_bases = split(option("base") == "" ? "+" : option("base") "+", base, "+") - 1
	paths = ""
	for (i = 1; i <= n_bases; i++)
		paths = paths " location " base[i] "/ip/ { rewrite ^ /ip/$rdap_network.json break; }" \
		    " location " base[i] "/ { rewrite ^" base[i] "(/.*)$ $1.json break; }"
	print "server {" listen(443, " ssl") tls common \
	    " root " state "/world/rdap/" names[1] ";" \
	    " types { } default_type application/rdap+json;" \
	    " add_header Access-Control-Allow-Origin * always;" \
	    " error_page 404 = @none;" extra \
	    paths \
	    " location @none { return 404 '{\"rdapConformance\":[\"rdap_level_0\"]," \
	    "\"errorCode\":404,\"title\":\"Not Found\"," \
	    "\"description\":[\"No such object is registered here.\"]}'; } }" > sites
}

END {
	for (name in down)
		if (!(name in used)) {
			print "lab: --without " name ": not in servers.tsv" > "/dev/stderr"
			exit 1
		}
	for (group in ips)
		write_nsd(group)
	write_nginx()
}

function write_nsd(group,    f) {
	f = rt "/nsd-" group ".conf"
	printf "server:\n%s username: \"\"\n zonesdir: %s/zones\n database: \"\"\n" \
	    " pidfile: %s/nsd-%s.pid\n xfrdfile: %s/xfrd-%s\n xfrdir: %s/tmp\n" \
	    " zonelistfile: %s/zonelist-%s\n logfile: %s/nsd-%s.log\n server-count: 1\n" \
	    " rrl-ratelimit: 0\nremote-control:\n control-enable: no\n" \
	    "include: %s/conf/nsd-%s.zones\n", ips[group], state, rt, group, rt, \
	    group, rt, rt, group, rt, group, state, group > f
}

function write_nginx(    f, t) {
	f = rt "/nginx.conf"
	t = rt "/tmp"
	print "user root; master_process off; worker_processes 1; pid " rt "/nginx.pid;"  > f
	print "error_log " rt "/nginx.log; events { worker_connections 8192; }" > f
	print "http { access_log " rt "/access.log; include " state "/conf/types; default_type text/html;" > f
	print " charset utf-8; server_names_hash_bucket_size 128; server_names_hash_max_size 4096;" > f
	print " client_body_temp_path " t "/b; proxy_temp_path " t "/p; fastcgi_temp_path " t \
	    "/f; uwsgi_temp_path " t "/u; scgi_temp_path " t "/s;" > f
	print " ssl_protocols TLSv1.2 TLSv1.3; server_tokens off; etag on;" > f
	print " include " state "/conf/networks.nginx;" > f
	print " include " sites "; }" > f
}
