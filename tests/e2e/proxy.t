#!/bin/bash
# Runs through a proxy: everything that is evidence goes through it, DNS too;
# every exchange says so; a password stands nowhere.  World: plain.
. "$(dirname "$0")/lib.sh"

own=192.0.34.25		# an address of the world: the proxies' own side

# A run through a proxy that PROXY starts (a line of sh); what left the program by
# UDP is counted before and after.
through() { # CASE PROXY
	lab plain sh -c "
		$2 & sleep 0.3
		udp() { awk '/^Udp:/ && \$5 ~ /^[0-9]/ { print \$5 }' /proc/net/snmp; }
		before=\$(udp)
		'$program' -C $1 collect >/dev/null 2>$1.err
		echo status \$?
		echo datagrams \$((\$(udp) - before))
		echo visitors \$(awk '{ print \$1 }' \$LAB_LOGS/access.log | sort -u)
		kill \$!" 2>/dev/null
}

for kind in socks5 http; do
	ok "$kind: a case is made" new_case $kind plain-demo.com
	setting $kind time authorities ''
	case $kind in
	socks5)
		printf 'collector:open-sesame\n' >$kind/secret
		setting $kind collect proxy socks5h://127.0.0.1:1080
		setting $kind collect proxy_password_file secret
		said=$(through $kind "microsocks -i 127.0.0.1 -p 1080 -b $own -u collector -P open-sesame")
		label='socks5 127.0.0.1#1080'
		;;
	http)
		setting $kind collect proxy http://127.0.0.1:3128
		printf 'Port 3128\nListen 127.0.0.1\nBind %s\nAllow 127.0.0.1\nTimeout 60\nMaxClients 100\n' $own >tinyproxy.conf
		said=$(through $kind "tinyproxy -d -c $PWD/tinyproxy.conf >/dev/null")
		label='http 127.0.0.1#3128'
		;;
	esac
	run=$kind/runs/000001
	log=$run/data/log.jsonl
	like "$kind: it is collected and sealed untimed" "$said" '^status 1$'
	like '  no datagram left the program' "$said" '^datagrams 0$'
	# The proxy's own side is set for IPv4 only; by IPv6 everything on lo is itself.
	like '  servers saw the proxy and nobody else' "$said" \
		"^visitors $own( 2620:0:2d0:80::80)?\$"
	is '  every exchange says which way it went' "$(json $log "[...new Set(d.filter(l =>
		l.type === 'exchange' && !['local', 'geo'].includes(l.kind))
		.map(l => l.exit))].join()")" "$label"
	is '  so do the settings' "$(json $run/data/settings.json 'd.exit')" "$label"
	is '  DNS was answered, by TCP' "$(json $log "(() => { const a = d.filter(l =>
		l.type === 'exchange' && l.kind === 'dns'); return a.length > 20 &&
		a.every(l => l.meta && l.meta['dns.transport'] === 'tcp') &&
		a.filter(l => l.status === 'answered').length > a.length * 0.8; })()")" true
	for what in dns rdap whois tls http; do
		is "  $what brought an answer" "$(json $log "d.some(l => l.type === 'exchange' &&
			l.kind === '$what' && l.status === 'answered')")" true
	done
	is '  the address asked is the one in the record' "$(json $log "d.filter(l =>
		l.type === 'exchange' && l.remote && !['local', 'geo'].includes(l.kind))
		.every(l => l.remote === l.question.server + '#' + l.question.port)")" true
	is '  what the proxy was told is no part of what the server was' \
		"$(zcat $run/data/evidence.warc.gz | grep -ac '^CONNECT \|^Proxy-')" 0
	ends '  it verifies' '[01]' gc verify $run
done
is 'the password is in no file of the run' \
	"$(grep -rla open-sesame socks5/runs; zcat socks5/runs/000001/data/evidence.warc.gz |
	grep -a open-sesame)" ''

ok 'a wrong password' new_case wrong plain-demo.com
setting wrong time authorities ''
setting wrong collect proxy socks5h://collector:nonsense@127.0.0.1:1080
through wrong "microsocks -i 127.0.0.1 -p 1080 -b $own -u collector -P open-sesame" >said
is '  nothing is asked beside the proxy' "$(grep datagrams said)" 'datagrams 0'
like '  and the record says what the proxy said' "$(json wrong/runs/000001/data/log.jsonl \
	"d.filter(l => l.kind === 'dns').map(l => l.status + ' ' + l.detail).join('\n')")" \
	'^unreachable the proxy '

ok 'no proxy there' new_case none plain-demo.com
setting none time authorities ''
setting none collect proxy http://127.0.0.1:3999
through none true >said
is '  nothing is asked beside it' "$(grep datagrams said)" 'datagrams 0'
like '  and the record says so' "$(json none/runs/000001/data/log.jsonl \
	"d.filter(l => l.kind === 'dns').map(l => l.status + ' ' + l.detail).join('\n')")" \
	'^unreachable the proxy could not be reached$'

setting none collect proxy http://proxy.example:3128
ends 'a proxy by name is refused' 64 lab plain "$program" -C none collect
like '  with the reason' "$err" 'named by its address'
finish
