#include <string.h>

#include "probes/dns_other.h"
#include "probes/guard.h"
#include "probes/loop_priv.h"
#include "probes/seam.h"
#include "probes/shield.h"
#include "probes/stock.h"
#include "probes/way.h"

#define NS_PER_MS	INT64_C(1000000)

const struct asker *const askers[PROBE_KINDS] = {
	[PROBE_LOCAL] = &local_asker,
	[PROBE_DNS] = &dns_asker,
	[PROBE_RDAP] = &rdap_asker,
	[PROBE_WHOIS] = &whois_asker,
	[PROBE_TLS] = &tls_asker,
	[PROBE_HTTP] = &http_asker,
	[PROBE_GEO] = &geo_asker,
	[PROBE_REACH] = &reach_asker,
};

const struct net *
job_net(const struct job *j)
{
	return &j->loop->net;
}

GPtrArray *
job_spare(struct job *j)
{
	return j->loop->kept[j->asker->kind];
}

struct stock *
job_stock(struct job *j)
{
	return j->loop->stock;
}

int64_t
job_limit(const struct job *j, enum limit l)
{
	return j->loop->net.limits->value[l];
}

struct loop *
loop_new(const struct net *net, loop_done_fn *done, void *arg)
{
	struct loop *l = g_new0(struct loop, 1);

	l->net = *net;
	l->done = done;
	l->arg = arg;
	l->multi = curl_multi_init();
	g_queue_init(&l->first);
	g_queue_init(&l->line);
	l->jobs = g_ptr_array_new();
	l->pace = pace_new(net->limits);
	l->stock = stock_new();
	l->watched = g_array_new(FALSE, FALSE, sizeof(struct watched));
	l->spare = g_ptr_array_new();
	for (int k = 0; k < PROBE_KINDS; k++)
		l->kept[k] = g_ptr_array_new_with_free_func(
		    askers[k]->spare_free);
	return l;
}

/* --- ending ------------------------------------------------------------------- */

static void
job_clear(struct job *j)
{
	struct loop *l = j->loop;

	if (j->asker->clear != NULL)
		j->asker->clear(j);
	for (guint i = l->watched->len; i-- > 0;)
		if (g_array_index(l->watched, struct watched, i).job == j)
			g_array_remove_index_fast(l->watched, i);
	if (j->easy != NULL) {
		curl_multi_remove_handle(l->multi, j->easy);
		curl_easy_reset(j->easy);
		g_ptr_array_add(l->spare, j->easy);
	}
	if (j->counted) {
		l->network--;
		l->channels -= j->asker == &dns_asker;
		pace_end(j->server);
	}
}

/* Begun or not; its exchange is the caller's. */
static struct exchange *
job_end(struct job *j)
{
	struct exchange *x = j->x;

	if (j->begun)
		job_clear(j);
	pace_leave(j->loop->pace, j->server, clock_mono_ns());
	g_free(j);
	return x;
}

/* --- the line ------------------------------------------------------------------ */

void
loop_ask(struct loop *l, struct exchange *x)
{
	struct job *j = g_new0(struct job, 1);

	j->loop = l;
	j->x = x;
	j->fd = -1;
	j->asker = l->net.way != NULL && x->q->kind == PROBE_DNS ?
	    &dns_stream_asker : askers[x->q->kind];
	j->server = pace_server(l->pace, x->q);
	/* What is the run's and not one target's is what others wait for. */
	g_queue_push_tail(x->target == NULL ? &l->first : &l->line, j);
}

void
loop_hold(struct loop *l)
{
	l->held = TRUE;
}

static void
drop_from(GQueue *line, GPtrArray *gone, loop_drop_fn *fn, void *arg)
{
	GList *next;

	for (GList *i = line->head; i != NULL; i = next) {
		struct job *j = i->data;

		next = i->next;
		if (!fn(j->x, arg))
			continue;
		g_queue_delete_link(line, i);
		g_ptr_array_add(gone, job_end(j));
	}
}

GPtrArray *
loop_drop(struct loop *l, loop_drop_fn *fn, void *arg)
{
	GPtrArray *gone = g_ptr_array_new();

	drop_from(&l->first, gone, fn, arg);
	drop_from(&l->line, gone, fn, arg);
	return gone;
}

void
loop_wait(struct loop *l, const struct question *q, int64_t ms)
{
	int64_t now = clock_mono_ns();
	struct pace_server *s = pace_server(l->pace, q);

	pace_wait(s, now + ms * NS_PER_MS);
	pace_leave(l->pace, s, now);
}

size_t
loop_waiting(const struct loop *l)
{
	return l->first.length + l->line.length;
}

size_t
loop_flying(const struct loop *l)
{
	return l->jobs->len;
}

void
job_watch(struct job *j, int fd, short events)
{
	struct watched w = { .fd = fd, .events = events, .job = j };
	GArray *all = j->loop->watched;

	for (guint i = 0; i < all->len; i++) {
		struct watched *o = &g_array_index(all, struct watched, i);

		if (o->fd != fd || o->job != j)
			continue;
		if (events == 0)
			g_array_remove_index_fast(all, i);
		else
			o->events = events;
		return;
	}
	if (events != 0)
		g_array_append_val(all, w);
}

void
job_done(struct job *j, enum xstatus status, const char *detail)
{
	if (j->over)
		return;
	j->over = TRUE;
	j->x->status = status;
	if (detail != NULL)
		g_strlcpy(j->x->detail, detail, sizeof(j->x->detail));
	j->x->end = clock_wall_us();
	j->x->took = clock_mono_ns() - j->x->mono;
}

/* --- admitting --------------------------------------------------------------- */

/* A channel of c-ares takes 75 KB, whoever is asked by it.  A server that is
 * asked nothing else does not stand behind those that are asked much: the
 * name of a registry's server is looked up while a zone's servers are busy. */
static gboolean
has_room(const struct loop *l, const struct job *j)
{
	const int64_t *v = l->net.limits->value;

	return (int64_t)l->network < v[LIMIT_SOCKETS] &&
	    (j->asker != &dns_asker || pace_idle(j->server) ||
	    2 * (int64_t)l->channels < 3 * v[LIMIT_DNS_INFLIGHT]);
}

/* Whether one that its server may be asked then may begin now; else next is
 * moved to when it may, if that is known. */
static gboolean
may_start(struct loop *l, const struct job *j, int64_t when, int64_t now)
{
	if (!j->asker->network)
		return TRUE;
	if (when <= now)
		return has_room(l, j);
	l->next = MIN(l->next, when);
	return FALSE;
}

static void
job_begin(struct job *j)
{
	struct loop *l = j->loop;

	j->begun = TRUE;
	j->x->start = clock_wall_us();
	j->x->mono = clock_mono_ns();
	j->x->exit = l->net.way != NULL ? l->net.way->label : "direct";
	g_ptr_array_add(l->jobs, j);
}

static void
job_start(struct job *j)
{
	struct loop *l = j->loop;
	struct exchange *x = j->x;
	const char *word;

	job_begin(j);
	if (j->asker->network) {
		j->counted = TRUE;
		l->network++;
		l->channels += j->asker == &dns_asker;
		pace_begin(j->server, x->mono);
		/* A resolver that case.ini names may be next door; no answer
		 * of a stranger's leads there. */
		word = dns_is_recursive(x->q) ? NULL :
		    guard_address(x->q->server);
		if (word == NULL && shield_holds(l->net.shield, x->q->server))
			word = SHIELD_WORD;
		if (word != NULL) {
			job_done(j, X_GUARD, word);
			return;
		}
		j->due = x->mono + NS_PER_MS * (500 +
		    job_limit(j, j->asker->timeout));
	}
	if (j->asker->start(j) != 0 && !j->over)
		job_done(j, X_UNREACHABLE, "could not be sent");
}

/* Whether its server asks to be left alone for longer than we wait. */
static gboolean
is_spared(const struct job *j, int64_t when, int64_t now)
{
	return when != PACE_NOT_NOW && when - now >
	    job_limit(j, LIMIT_RETRY_AFTER) * NS_PER_MS;
}

static void
send_begun(struct loop *l, guint first)
{
	for (guint i = first; i < l->jobs->len; i++) {
		struct job *j = l->jobs->pdata[i];

		if (!j->over && j->asker->send != NULL)
			j->asker->send(j);
	}
}

static void
admit_from(struct loop *l, GQueue *line, int64_t now)
{
	GList *next;

	for (GList *i = line->head; i != NULL && !l->held; i = next) {
		struct job *j = i->data;
		int64_t when = pace_when(l->pace, j->server);
		gboolean spared = is_spared(j, when, now);

		next = i->next;
		if (!spared && !may_start(l, j, when, now))
			continue;
		g_queue_delete_link(line, i);
		if (spared) {
			job_begin(j);
			job_done(j, X_SPARED, "not asked: the "
			    "server asks to be left alone for longer");
		} else
			job_start(j);
	}
}

static void
admit(struct loop *l)
{
	int64_t now = clock_mono_ns();
	guint begun = l->jobs->len;

	l->next = INT64_MAX;
	admit_from(l, &l->first, now);
	admit_from(l, &l->line, now);
	send_begun(l, begun);
}

/* --- delivering --------------------------------------------------------------- */

/* Gives the finished exchanges out; what they cause may be asked meanwhile. */
static void
deliver(struct loop *l)
{
	for (guint i = 0; i < l->jobs->len;) {
		struct job *j = l->jobs->pdata[i];

		if (!j->over) {
			i++;
			continue;
		}
		g_ptr_array_remove_index(l->jobs, i);
		l->done(job_end(j), l->arg);
	}
}

static void
reap(struct loop *l)
{
	CURLMsg *m;
	int left;

	while ((m = curl_multi_info_read(l->multi, &left)) != NULL) {
		struct job *j = NULL;

		curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &j);
		if (m->msg == CURLMSG_DONE && j != NULL && !j->over)
			j->asker->transfer_done(j, m->data.result);
	}
}

/* --- one turn ------------------------------------------------------------------ */

static int
poll_wait(const struct loop *l, int64_t wait_ms)
{
	int64_t now = clock_mono_ns(), least = wait_ms;
	gboolean over = FALSE;

	for (guint i = 0; i < l->jobs->len; i++) {
		const struct job *j = l->jobs->pdata[i];
		int64_t ms;

		over |= j->over;
		if (j->due == 0)
			continue;
		ms = (j->due - now + NS_PER_MS - 1) / NS_PER_MS;
		least = MIN(least, MAX(ms, 0));
	}
	if (l->next != INT64_MAX)
		least = MIN(least, MAX((l->next - now) / NS_PER_MS + 1, 0));
	return over ? 0 : (int)least;
}

static void
expire(struct loop *l)
{
	int64_t now = clock_mono_ns();

	for (guint i = 0; i < l->jobs->len; i++) {
		struct job *j = l->jobs->pdata[i];

		if (j->over || j->due == 0 || j->due > now)
			continue;
		if (j->asker->expired != NULL)
			j->asker->expired(j);
		else
			job_done(j, X_TIMEOUT, "no answer in time");
	}
}

/* The table is copied: what is called changes it. */
static void
poll_once(struct loop *l, int wait_ms)
{
	guint n = l->watched->len;
	g_autofree struct curl_waitfd *fds = g_new0(struct curl_waitfd, n + 1);
	g_autofree struct watched *w = g_memdup2(l->watched->data,
	    n * sizeof(*w));
	int ready = 0;

	for (guint i = 0; i < n; i++) {
		fds[i].fd = w[i].fd;
		fds[i].events = (short)(
		    ((w[i].events & POLLIN) ? CURL_WAIT_POLLIN : 0) |
		    ((w[i].events & POLLOUT) ? CURL_WAIT_POLLOUT : 0));
	}
	curl_multi_poll(l->multi, fds, n, wait_ms, &ready);
	for (guint i = 0; i < n; i++)
		if (fds[i].revents != 0 && !w[i].job->over)
			w[i].job->asker->ready(w[i].job, w[i].fd,
			    fds[i].revents);
}

size_t
loop_turn(struct loop *l, int64_t wait_ms)
{
	int running;

	admit(l);
	curl_multi_perform(l->multi, &running);
	reap(l);
	deliver(l);
	admit(l);
	if (l->jobs->len > 0 || l->next != INT64_MAX) {
		curl_multi_perform(l->multi, &running);
		reap(l);
		poll_once(l, poll_wait(l, wait_ms));
		expire(l);
	}
	deliver(l);
	stock_turn(l->stock);
	return loop_waiting(l) + l->jobs->len;
}

void
loop_free(struct loop *l)
{
	if (l == NULL)
		return;
	for (guint i = 0; i < l->jobs->len; i++)
		g_queue_push_tail(&l->line, l->jobs->pdata[i]);
	while (l->first.length > 0)
		exchange_free(job_end(g_queue_pop_head(&l->first)));
	while (l->line.length > 0)
		exchange_free(job_end(g_queue_pop_head(&l->line)));
	for (guint i = 0; i < l->spare->len; i++)
		curl_easy_cleanup(l->spare->pdata[i]);
	curl_multi_cleanup(l->multi);
	g_ptr_array_unref(l->jobs);
	g_ptr_array_unref(l->spare);
	for (int k = 0; k < PROBE_KINDS; k++)
		g_ptr_array_unref(l->kept[k]);
	pace_free(l->pace);
	stock_free(l->stock);
	g_array_unref(l->watched);
	g_free(l);
}
