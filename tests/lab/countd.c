/*
 * countd ADDRESS FILE COMMAND...: runs the command and counts the packets that
 * leave for the address meanwhile, on every device of this network namespace.
 * FILE gets "packets N dropped N"; the status is the command's.
 */

#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void
die(const char *what)
{
	fprintf(stderr, "countd: %s: %s\n", what, strerror(errno));
	exit(2);
}

/* Of what leaves, what is for the address; SOCK_DGRAM begins with the IP head. */
static unsigned short
filter(const char *ip, struct sock_filter *f)
{
	unsigned char a[16];
	int v4 = inet_pton(AF_INET, ip, a) == 1;
	unsigned short n = 0, words = v4 ? 1 : 4, at = v4 ? 16 : 24;
	unsigned short miss = (unsigned short)(4 + 2 * words + 1);

	if (!v4 && inet_pton(AF_INET6, ip, a) != 1)
		die(ip);
	f[n] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_H | BPF_ABS,
	    (unsigned)(SKF_AD_OFF + SKF_AD_PROTOCOL));
	n++;
	f[n] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
	    v4 ? ETH_P_IP : ETH_P_IPV6, 0, (unsigned char)(miss - n - 1));
	n++;
	f[n] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_B | BPF_ABS,
	    (unsigned)(SKF_AD_OFF + SKF_AD_PKTTYPE));
	n++;
	f[n] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
	    PACKET_OUTGOING, 0, (unsigned char)(miss - n - 1));
	n++;
	for (unsigned short i = 0; i < words; i++) {
		unsigned want;

		memcpy(&want, a + 4 * i, 4);
		f[n] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		    (unsigned)(at + 4 * i));
		n++;
		f[n] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
		    ntohl(want), 0, (unsigned char)(miss - n - 1));
		n++;
	}
	f[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, 64);
	f[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, 0);
	return n;
}

int
main(int argc, char **argv)
{
	struct sock_filter code[16];
	struct sock_fprog prog = { .filter = code };
	struct tpacket_stats s = { 0 };
	socklen_t len = sizeof(s);
	int status = 0, fd, room = 8 << 20;
	pid_t pid;
	FILE *out;

	if (argc < 4) {
		fprintf(stderr, "usage: countd ADDRESS FILE COMMAND...\n");
		return 64;
	}
	fd = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		die("packet socket");
	prog.len = filter(argv[1], code);
	if (setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &prog,
	    sizeof(prog)) != 0)
		die("filter");
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof(room));
	if (bind(fd, (struct sockaddr *)&(struct sockaddr_ll){
	    .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL) },
	    sizeof(struct sockaddr_ll)) != 0)
		die("bind");
	pid = fork();
	if (pid == 0) {
		execvp(argv[3], argv + 3);
		die(argv[3]);
	}
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	/* All that passed the filter, whether or not it found room. */
	if (getsockopt(fd, SOL_PACKET, PACKET_STATISTICS, &s, &len) != 0)
		die("statistics");
	out = fopen(argv[2], "w");
	if (out == NULL)
		die(argv[2]);
	fprintf(out, "packets %u dropped %u\n", s.tp_packets, s.tp_drops);
	fclose(out);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}
