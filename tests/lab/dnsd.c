/*
 * dnsd TABLE: authoritative DNS servers that misbehave, all in one process.
 *
 * TABLE has one listener a line: ADDRESS UPSTREAM SCRIPT.  UPSTREAM is a
 * well-behaved server of the lab that is given each question as it came, so
 * that what dnsd says is right in all that its script does not change.
 * SCRIPT has one rule a line, columns separated by tabs:
 *
 *	NAME	TYPES	WHEN	WHAT	RECORDS
 *
 * The first rule that fits is the one used; where none fits, the answer goes
 * through as it is.  tests/lab/README.md has all the words of a rule; they are
 * rows of dnswords.h.
 */
#include "dnswords.h"

/* ---- scripts ------------------------------------------------------------------------------ */

static void rule_check(const struct server *s, const struct rule *r)
{
	char *copy = strdup(r->what), *at = copy, *word;
	const char *arg;

	while ((word = strsep(&at, " ")) != NULL)
		if (*word && what_find(word, &arg) < 0)
			errx(1, "%s: no such word: %s", s->script, word);
	free(copy);
	copy = at = strdup(r->when);
	while ((word = strsep(&at, " ")) != NULL)
		if (*word && strcmp(word, "-") != 0 &&
		    when_find(word, &arg) < 0)
			errx(1, "%s: no such condition: %s", s->script, word);
	free(copy);
}

static void script_read(struct server *s)
{
	char line[4096];
	FILE *f = fopen(s->script, "r");

	if (!f)
		err(1, "%s", s->script);
	while (s->n_rules < RULES_MAX && fgets(line, sizeof(line), f)) {
		struct rule *r = &s->rules[s->n_rules];
		char *at = strdup(line);

		at[strcspn(at, "\n")] = '\0';
		if (*at == '#' || *at == '\0')
			continue;
		r->name = strsep(&at, "\t");
		r->types = at ? strsep(&at, "\t") : NULL;
		r->when = at ? strsep(&at, "\t") : NULL;
		r->what = at ? strsep(&at, "\t") : NULL;
		r->records = at ? strsep(&at, "\t") : (char *)(uintptr_t)"";
		if (!r->what)
			errx(1, "%s: four columns are needed: %s", s->script,
			     line);
		rule_check(s, r);
		s->n_rules++;
	}
	fclose(f);
}

/* ---- which rule ----------------------------------------------------------------------------- */

/* NAME: "*" any; "*.x" below x; else the name itself. */
static bool name_fits(const char *pattern, const char *name)
{
	size_t n = strlen(name), p;

	if (strcmp(pattern, "*") == 0)
		return true;
	if (strncmp(pattern, "*.", 2) != 0)
		return strcasecmp(pattern, name) == 0;
	p = strlen(pattern) - 1;
	return n > p && strcasecmp(name + n - p, pattern + 1) == 0;
}

static bool list_has(const char *list, const char *word)
{
	size_t n = strlen(word);
	const char *p = list;

	if (strcmp(list, "*") == 0)
		return true;
	for (; p; p = strchr(p, ',') ? strchr(p, ',') + 1 : NULL)
		if (strncasecmp(p, word, n) == 0 && (p[n] == ',' || !p[n]))
			return true;
	return false;
}

static bool whens_fit(struct talk *t, struct rule *r)
{
	char *copy = strdup(r->when), *at = copy, *word;
	const char *arg;
	bool fits = true;

	t->rule = r;
	while (fits && (word = strsep(&at, " ")) != NULL)
		if (*word && strcmp(word, "-") != 0) {
			int i = when_find(word, &arg);

			fits = whens[i].fits(t, arg);
		}
	free(copy);
	return fits;
}

static struct rule *rule_find(struct talk *t)
{
	ldns_rr *question = ldns_rr_list_rr(ldns_pkt_question(t->q.pkt), 0);
	char *name = ldns_rdf2str(ldns_rr_owner(question));
	char *type = ldns_rr_type2str(ldns_rr_get_type(question));
	struct rule *found = NULL;
	size_t i;

	if (strlen(name) > 1)
		name[strlen(name) - 1] = '\0';
	for (i = 0; !found && i < t->s->n_rules; i++) {
		struct rule *r = &t->s->rules[i];

		if (name_fits(r->name, name) && list_has(r->types, type) &&
		    whens_fit(t, r))
			found = r;
	}
	free(name);
	free(type);
	return found;
}

/* ---- answering ---------------------------------------------------------------------------------- */

static int upstream_ask(struct talk *t)
{
	struct addrinfo hints = { .ai_socktype = t->tcp ? SOCK_STREAM :
		SOCK_DGRAM, .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV };
	struct timeval wait = { UPSTREAM_MS / 1000, 0 };
	struct addrinfo *ai;
	uint8_t head[2];
	ssize_t n = -1;
	int fd;

	if (getaddrinfo(t->s->upstream, "53", &hints, &ai) != 0)
		return -1;
	fd = socket(ai->ai_family, ai->ai_socktype, 0);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
	put16(head, (unsigned)t->q.len);
	if (connect(fd, ai->ai_addr, ai->ai_addrlen) == 0 &&
	    (!t->tcp || send(fd, head, 2, MSG_MORE) == 2) &&
	    send(fd, t->q.wire, t->q.len, 0) == (ssize_t)t->q.len) {
		if (!t->tcp)
			n = recv(fd, t->a.wire, sizeof(t->a.wire), 0);
		else if (recv(fd, head, 2, MSG_WAITALL) == 2)
			n = recv(fd, t->a.wire, get16(head), MSG_WAITALL);
	}
	close(fd);
	freeaddrinfo(ai);
	t->a.len = n > 0 ? (size_t)n : 0;
	return n > 0 ? 0 : -1;
}

/* The same without EDNS, so that OPT is ours to write. */
static ldns_pkt *without_opt(const ldns_pkt *p)
{
	ldns_pkt *n = ldns_pkt_new();

	ldns_pkt_set_id(n, ldns_pkt_id(p));
	ldns_pkt_set_qr(n, true);
	ldns_pkt_set_aa(n, ldns_pkt_aa(p));
	ldns_pkt_set_tc(n, ldns_pkt_tc(p));
	ldns_pkt_set_rd(n, ldns_pkt_rd(p));
	ldns_pkt_set_ra(n, ldns_pkt_ra(p));
	ldns_pkt_set_ad(n, ldns_pkt_ad(p));
	ldns_pkt_set_cd(n, ldns_pkt_cd(p));
	ldns_pkt_set_rcode(n, ldns_pkt_get_rcode(p));
	ldns_pkt_push_rr_list(n, LDNS_SECTION_QUESTION,
			      ldns_rr_list_clone(ldns_pkt_question(p)));
	ldns_pkt_push_rr_list(n, LDNS_SECTION_ANSWER,
			      ldns_rr_list_clone(ldns_pkt_answer(p)));
	ldns_pkt_push_rr_list(n, LDNS_SECTION_AUTHORITY,
			      ldns_rr_list_clone(ldns_pkt_authority(p)));
	ldns_pkt_push_rr_list(n, LDNS_SECTION_ADDITIONAL,
			      ldns_rr_list_clone(ldns_pkt_additional(p)));
	return n;
}

static void actions_run(struct talk *t)
{
	char *at = strdup(t->rule->what), *word;	/* arguments point into it */

	while ((word = strsep(&at, " ")) != NULL) {
		const char *arg = "";
		int i = *word ? what_find(word, &arg) : -1;

		if (i < 0)
			continue;
		if (whats[i].act)
			whats[i].act(t, arg);
		if (whats[i].wire && t->n_wire < 8) {
			t->wire[t->n_wire] = whats[i].wire;
			t->wire_arg[t->n_wire++] = arg;
		}
	}
}

static void opt_write(struct talk *t)
{
	uint8_t *o = t->a.wire + t->a.len;

	if (t->edns_size == 0 || t->no_opt)
		return;
	memset(o, 0, 11);
	o[2] = 41;
	put16(o + 3, 1232);
	o[5] = (uint8_t)t->ext_rcode;
	o[7] = 0x80;
	put16(o + 9, (unsigned)t->n_options);
	memcpy(o + 11, t->options, t->n_options);
	t->a.len += 11 + t->n_options;
	put16(t->a.wire + 10, get16(t->a.wire + 10) + 1);
}

static int encode(struct talk *t)
{
	uint8_t *wire = NULL;
	size_t len = 0, most = t->edns_size > 512 ? t->edns_size : 512;

	if (ldns_pkt2wire(&wire, t->a.pkt, &len) != LDNS_STATUS_OK ||
	    len > MESSAGE_MAX - 600)
		return -1;
	if (!t->tcp && !t->big && len + 11 + t->n_options > most) {
		free(wire);
		do_tc(t, "");
		return encode(t);
	}
	memcpy(t->a.wire, wire, len);
	t->a.len = len;
	free(wire);
	return 0;
}

/* 0: what is to be sent stands in t->a.wire. */
static int answer_make(struct talk *t)
{
	ldns_pkt *upstream = NULL;

	if (t->q.len < LDNS_HEADER_SIZE || t->q.wire[2] & 0x80 ||
	    ldns_wire2pkt(&t->q.pkt, t->q.wire, t->q.len) != LDNS_STATUS_OK ||
	    ldns_rr_list_rr_count(ldns_pkt_question(t->q.pkt)) != 1)
		return -1;
	opt_read(t);
	t->rule = rule_find(t);
	if (upstream_ask(t) != 0)
		return -1;
	if (!t->rule)
		return 0;
	t->rule->used++;
	if (ldns_wire2pkt(&upstream, t->a.wire, t->a.len) != LDNS_STATUS_OK)
		return -1;
	t->a.pkt = without_opt(upstream);
	ldns_pkt_free(upstream);
	actions_run(t);
	if (t->silent || encode(t) != 0)
		return -1;
	opt_write(t);
	for (size_t i = 0; i < t->n_wire; i++)
		t->wire[i](t, t->wire_arg[i]);
	return 0;
}

static void wait_ms(unsigned ms)
{
	usleep((useconds_t)ms * 1000);
}

static void udp_send(const struct talk *t, const struct sockaddr *to,
		     socklen_t len)
{
	unsigned i;

	if (t->delay_ms)
		wait_ms(t->delay_ms);
	if (t->decoy)
		sendto(t->s->udp, t->decoy, t->decoy_len, 0, to, len);
	for (i = 0; i < (t->copies ? t->copies : 1); i++)
		sendto(t->s->udp, t->a.wire, t->a.len, 0, to, len);
}

static void talk_free(struct talk *t)
{
	if (t->q.pkt)
		ldns_pkt_free(t->q.pkt);
	if (t->a.pkt)
		ldns_pkt_free(t->a.pkt);
	free(t->decoy);
	free(t);
}

static void udp_answer(struct server *s)
{
	struct talk *t = calloc(1, sizeof(*t));
	struct sockaddr_storage from;
	socklen_t len = sizeof(from);
	ssize_t n = recvfrom(s->udp, t->q.wire, sizeof(t->q.wire), 0,
			     (struct sockaddr *)&from, &len);

	t->s = s;
	t->q.len = n > 0 ? (size_t)n : 0;
	if (answer_make(t) == 0) {
		/* Who waits must not keep others waiting. */
		bool child = t->delay_ms > 0;

		if (!child || fork() == 0) {
			udp_send(t, (struct sockaddr *)&from, len);
			if (child)
				_exit(0);
		}
	}
	talk_free(t);
}

/* In a child of its own. */
static void tcp_answer(int conn, nfds_t which)
{
	struct talk *t = calloc(1, sizeof(*t));
	uint8_t head[2];

	t->s = &servers[which];
	t->tcp = true;
	while (recv(conn, head, 2, MSG_WAITALL) == 2) {
		t->q.len = get16(head);
		if (recv(conn, t->q.wire, t->q.len, MSG_WAITALL) !=
		    (ssize_t)t->q.len)
			break;
		if (answer_make(t) != 0) {
			if (t->silent && !t->close)
				pause();
			break;
		}
		wait_ms(t->delay_ms);
		put16(head, t->length ? t->length : (unsigned)t->a.len);
		serve_write(conn, head, 2);
		serve_write(conn, t->a.wire, t->a.len);
	}
}

/* ---- listening ------------------------------------------------------------------------------------ */

static int udp_listen(const char *addr)
{
	struct addrinfo hints = { .ai_socktype = SOCK_DGRAM,
		.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV };
	struct addrinfo *ai;
	int fd;

	if (getaddrinfo(addr, "53", &hints, &ai) != 0)
		errx(1, "%s: not an address", addr);
	fd = socket(ai->ai_family, SOCK_DGRAM, 0);
	if (fd < 0 || bind(fd, ai->ai_addr, ai->ai_addrlen) != 0)
		err(1, "%s port 53 udp", addr);
	freeaddrinfo(ai);
	return fd;
}

static nfds_t read_table(const char *path, int *fds)
{
	FILE *f = fopen(path, "r");
	nfds_t n = 0;

	if (!f)
		err(1, "%s", path);
	servers = calloc(SERVE_MAX, sizeof(*servers));
	while (n < SERVE_MAX && fscanf(f, "%63s %63s %399s", servers[n].addr,
				       servers[n].upstream,
				       servers[n].script) == 3) {
		script_read(&servers[n]);
		servers[n].udp = udp_listen(servers[n].addr);
		fds[n] = serve_listen(servers[n].addr, "53");
		n++;
	}
	fclose(f);
	return n;
}

static void serve_udp(nfds_t n)
{
	struct pollfd p[SERVE_MAX];
	nfds_t i;

	signal(SIGCHLD, SIG_IGN);
	for (i = 0; i < n; i++)
		p[i] = (struct pollfd){ .fd = servers[i].udp, .events = POLLIN };
	for (;;) {
		if (poll(p, n, -1) < 0 && errno != EINTR)
			err(1, "poll");
		for (i = 0; i < n; i++)
			if (p[i].revents & POLLIN)
				udp_answer(&servers[i]);
	}
}

int main(int argc, char **argv)
{
	int fds[SERVE_MAX];
	nfds_t n;

	if (argc != 2)
		errx(64, "usage: dnsd TABLE");
	n = read_table(argv[1], fds);
	serve_detach();
	if (fork() == 0)
		serve_udp(n);
	serve_forever(fds, n, tcp_answer);
}
