#include <stdio.h>
#include <string.h>

#include "collector/told.h"
#include "probes/text.h"

struct said {
	uint64_t	 n;
	char		*line;
};

struct told {
	struct journal	*journal;
	GQueue		 waiting;	/* struct said *, in order of n */
};

static void
said_free(void *p)
{
	struct said *s = p;

	g_free(s->line);
	g_free(s);
}

struct told *
told_new(struct journal *j)
{
	struct told *t = g_new0(struct told, 1);

	t->journal = j;
	g_queue_init(&t->waiting);
	return t;
}

void
told_free(struct told *t)
{
	if (t == NULL)
		return;
	g_queue_clear_full(&t->waiting, said_free);
	g_free(t);
}

void
told_add(struct told *t, const struct exchange *x)
{
	g_autoptr(GString) name = g_string_new(NULL);
	struct said *s = g_new0(struct said, 1);
	char at[32];

	text_term(name, x->q->name, -1);
	text_time_s(at, x->end);
	s->n = x->n;
	s->line = g_strdup_printf("%s %6" G_GUINT64_FORMAT " %-5s %-40s %-8s "
	    "%-24s %-9s %s\n", at, x->n, probe_kind_name(x->q->kind),
	    name->str, x->q->type, *x->q->host != '\0' ? x->q->host :
	    x->q->server, xstatus_name(x->status), x->detail);
	g_queue_push_tail(&t->waiting, s);
}

void
told_print(struct told *t)
{
	uint64_t durable;
	struct said *s;

	if (t == NULL || t->waiting.length == 0)
		return;
	durable = journal_durable(t->journal);
	while ((s = g_queue_peek_head(&t->waiting)) != NULL &&
	    s->n <= durable) {
		fputs(s->line, stderr);
		said_free(g_queue_pop_head(&t->waiting));
	}
}
