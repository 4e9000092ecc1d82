# shellcheck shell=bash disable=SC2154	# variables of run
# enter.sh: into a fresh network, mount and process namespace. Sourced by run.

# Which kind of namespaces the kernel gives us. Root needs no user namespace; where the bare kind is
# refused (containers), root tries the plain user's way too. A /proc of our own is refused where parts of
# /proc are masked; only --wire needs it.
namespaces() {
	local kind proc
	for kind in "$([ "$(id -u)" = 0 ] && echo -nmpf)" -Urnmpf; do
		for proc in --mount-proc ''; do
			if [ -z "$kind" ] || [ -n "$wire" ] && [ -z "$proc" ]; then continue; fi
			# shellcheck disable=SC2086
			if unshare $kind --kill-child $proc mount -t tmpfs lab /mnt 2>/dev/null; then
				echo "$kind --kill-child $proc"
				return
			fi
		done
	done
	return 1
}

refused() {
	cat >&2 <<-'X'
	lab: this kernel lets us make no network namespace, so there is nowhere to put the simulated
	lab: internet, and it is never put anywhere else. One of these allows it:
	lab:   as a plain user   sysctl kernel.unprivileged_userns_clone=1 (Debian), user.max_user_namespaces above 0,
	lab:                     kernel.apparmor_restrict_unprivileged_userns=0 (Ubuntu); or run it as root
	lab:   in a container    --cap-add SYS_ADMIN --cap-add NET_ADMIN --security-opt seccomp=unconfined
	lab:                     --security-opt apparmor=unconfined (Docker, Podman); for --wire also
	lab:                     --security-opt systempaths=unconfined
	X
	exit 2
}

# The shell stays outside as a parent that can be told to stop: unshare itself blocks SIGTERM. Should this
# shell be killed outright, the kernel kills unshare (pdeathsig), that kills the namespace's first process
# (--kill-child), and that takes every server with it. The runtime folder is a tmpfs of the namespace.
enter() {
	local state=$1 kind pid status
	shift
	kind=$(namespaces) || refused
	export LAB_STATE=$state LAB_WIRE=$wire LAB_WITHOUT=$without LAB_VERBOSE=$verbose LAB_BIN=$REPO/build/lab-bin
	LAB_OUTSIDE=$(readlink /proc/self/ns/net)
	export LAB_OUTSIDE
	(
		trap - INT QUIT
		# shellcheck disable=SC2086
		exec setpriv --pdeathsig KILL unshare $kind bash "$LAB/inside.sh" "$@"
	) <&0 &
	pid=$!
	trap 'kill -KILL $pid 2>/dev/null; trap - TERM; kill -TERM $$' TERM
	trap 'kill -KILL $pid 2>/dev/null; trap - HUP; kill -HUP $$' HUP
	trap : INT QUIT
	while wait "$pid"; status=$?; [ $status -gt 128 ] && kill -0 "$pid" 2>/dev/null; do :; done
	exit $status
}
