/*
 * build/dnsrate SERVER QUESTIONS WINDOW SECONDS DIR: how many DNS questions a
 * second the collector puts to one server and answers, with every answer read
 * and kept as in a run: WARC, log and facts, synced as ever.
 *
 * QUESTIONS is a file as dnsperf takes it, "name type" a line, begun again at
 * its end; WINDOW questions are on their way at once; DIR is a new folder.
 * Prints "NAME VALUE" lines.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "collector/journal.h"
#include "collector/read.h"
#include "probes/loop.h"
#include "probes/seam.h"

#define AHEAD	64	/* questions in line behind the window */

struct rate {
	struct journal	*journal;
	struct loop	*loop;
	const char	*server;
	GPtrArray	*questions;	/* char **: name, type */
	guint64		 next, answered, unanswered, facts;
};

static GPtrArray *
questions_load(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	GPtrArray *all = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)g_strfreev);

	for (char **l = lines; *l != NULL && **l != '\0'; l++) {
		char **word = g_strsplit(*l, " ", 2);

		if (word[0] == NULL || word[1] == NULL)
			g_error("a line is not \"name type\"");
		g_ptr_array_add(all, word);
	}
	if (all->len == 0)
		g_error("there are no questions");
	return all;
}

static void
ask(struct rate *r)
{
	char **word = r->questions->pdata[r->next++ % r->questions->len];
	struct question *q = question_new(PROBE_DNS, word[0], word[1], "ns",
	    r->server, 53, "zone=");

	loop_ask(r->loop, exchange_new(q));
	question_unref(q);
}

static void
done(struct exchange *x, void *arg)
{
	struct rate *r = arg;
	g_autoptr(GPtrArray) facts = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)fact_free);

	exchange_read(x, facts);
	if (x->status == X_ANSWERED)
		r->answered++;
	else
		r->unanswered++;
	if (journal_exchange(r->journal, x) != 0)
		g_error("%s", journal_error(r->journal));
	for (guint i = 0; i < facts->len; i++) {
		struct fact *f = facts->pdata[i];

		g_array_index(f->from, uint64_t, 0) = x->n;
		if (journal_fact(r->journal, f) != 0)
			g_error("%s", journal_error(r->journal));
	}
	r->facts += facts->len;
	exchange_free(x);
}

static double
cpu(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double
run(struct rate *r, size_t window, double seconds)
{
	int64_t begin = clock_mono_ns();
	double took = 0;

	do {
		while (loop_waiting(r->loop) + loop_flying(r->loop) <
		    window + AHEAD)
			ask(r);
		loop_turn(r->loop, 100);
		if (journal_tick(r->journal, clock_mono_ns()) != 0)
			g_error("%s", journal_error(r->journal));
		took = (double)(clock_mono_ns() - begin) / 1e9;
	} while (took < seconds);
	if (journal_flush(r->journal) != 0)
		g_error("%s", journal_error(r->journal));
	return (double)(clock_mono_ns() - begin) / 1e9;
}

int
main(int argc, char **argv)
{
	struct limits limits;
	struct net net = { .limits = &limits, .user_agent = "bench" };
	g_autofree char *text = NULL, *data = NULL;
	GError *error = NULL;
	struct rate r = { 0 };
	double took;

	if (argc != 6 || !g_file_get_contents(argv[2], &text, NULL, NULL)) {
		fprintf(stderr, "usage: dnsrate SERVER QUESTIONS WINDOW "
		    "SECONDS DIR\n");
		return 64;
	}
	limits_default(&limits);
	limits.value[LIMIT_DNS_INFLIGHT] = atoi(argv[3]);
	data = g_build_filename(argv[5], "data", NULL);
	if (g_mkdir_with_parents(data, 0700) != 0)
		g_error("%s: cannot be made", data);
	r.journal = journal_create(argv[5], json_pack("{s:s}", "run", "bench"),
	    &error);
	if (r.journal == NULL)
		g_error("%s", error->message);
	r.questions = questions_load(text);
	r.server = argv[1];
	r.loop = loop_new(&net, done, &r);
	took = run(&r, (size_t)atoi(argv[3]), atof(argv[4]));
	printf("dns.ours.answers %" G_GUINT64_FORMAT "\n"
	    "dns.ours.unanswered %" G_GUINT64_FORMAT "\n"
	    "dns.ours.facts %" G_GUINT64_FORMAT "\n"
	    "dns.ours.qps %.0f\ndns.ours.cpu_us %.1f\n", r.answered,
	    r.unanswered, r.facts, (double)r.answered / took,
	    cpu() * 1e6 / (double)(r.answered + r.unanswered));
	loop_free(r.loop);
	journal_free(r.journal);
	g_ptr_array_unref(r.questions);
	return 0;
}
