#include "tests/cases/tool/hand.h"

#include <string.h>

#include "probes/text.h"

#define WORDS_MAX	10
#define AT_DEFAULT	"2019-06-20T10:00:00Z"

static int G_GNUC_PRINTF(3, 4)
refuse(const struct hand_run *r, GError **e, const char *fmt, ...)
{
	g_autofree char *what = NULL;
	va_list ap;

	va_start(ap, fmt);
	what = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	g_set_error(e, HAND_ERROR, 0, "%s:%u: %s", r->file, r->line, what);
	return -1;
}

/* ---- facts and questions --------------------------------------------------- */

static void
ask_free(void *p)
{
	struct hand_ask *a = p;

	question_unref(a->q);
	g_free(a->target);
	g_ptr_array_unref(a->facts);
	g_free(a);
}

/* The question of that kind for the target at hand, made where it is new. */
static struct hand_ask *
ask_get(struct hand_run *r, struct question *q)
{
	g_autofree char *key = question_key(q);
	g_autofree char *of = g_strconcat(key, "|", r->target != NULL ?
	    r->target : "-", NULL);
	struct hand_ask *a = g_hash_table_lookup(r->known, of);

	if (a != NULL) {
		question_unref(q);
		return a;
	}
	a = g_new0(struct hand_ask, 1);
	a->q = q;
	a->target = g_strdup(r->target);
	a->facts = g_ptr_array_new_with_free_func((GDestroyNotify)fact_free);
	g_ptr_array_add(r->asks, a);
	g_hash_table_insert(r->known, g_steal_pointer(&of), a);
	return a;
}

static void
fact_take(struct hand_run *r, struct fact *f)
{
	if ((f->kind == FACT_DNS_A || f->kind == FACT_DNS_AAAA) &&
	    !g_hash_table_contains(r->addresses, f->subject))
		g_hash_table_insert(r->addresses, g_strdup(f->subject),
		    g_strdup(fact_str(f, "ip")));
	g_free(f->target);
	f->target = g_strdup(r->target);
	g_ptr_array_add(ask_get(r, hand_question(r, f))->facts, f);
}

static int
fact_of(struct hand_run *r, const char *kind, const char *subject,
    const char *json, GError **e)
{
	int k = fact_kind_parse(kind);
	json_error_t why;
	json_t *value;

	if (k < 0)
		return refuse(r, e, "\"%s\" is no word of README.md and no "
		    "kind of probes/fact.def", kind);
	value = json_loads(json, JSON_REJECT_DUPLICATES, &why);
	if (!json_is_object(value)) {
		json_decref(value);
		return refuse(r, e, "the value of %s is no JSON object: %s",
		    kind, value == NULL ? why.text : json);
	}
	fact_take(r, fact_new((enum fact_kind)k, subject, value));
	return 0;
}

/* A line of facts.jsonl: kind, subject and value count, the rest is ours. */
static int
fact_line(struct hand_run *r, const char *text, GError **e)
{
	json_error_t why;
	json_t *o = json_loads(text, JSON_REJECT_DUPLICATES, &why);
	const char *kind = json_string_value(json_object_get(o, "kind"));
	const char *subject = json_string_value(json_object_get(o, "subject"));
	json_t *value = json_object_get(o, "value");
	g_autofree char *json = value != NULL ? json_dumps(value, 0) : NULL;
	int rc;

	if (kind == NULL || subject == NULL || json == NULL)
		rc = refuse(r, e, "no fact with kind, subject and value: %s",
		    o == NULL ? why.text : text);
	else
		rc = fact_of(r, kind, subject, json, e);
	json_decref(o);
	return rc;
}

/* ---- words that stand for facts ----------------------------------------------- */

/*
 * $1 to $9 are the words of the line, as parts of JSON strings; $A is "a" or
 * "aaaa" after the second one.  Words that are left out are rest.
 */
static const struct {
	const char	*word;
	unsigned	 least, most;
	const char	*rest[WORDS_MAX];
	const char	*lines;
} shorts[] = {
	{ "address", 4, 4, { NULL },
	    "dns.$A $1 {\"ip\":\"$2\",\"ttl\":300}\n"
	    "ip.network $2 {\"name\":\"$3\",\"country\":\"$4\"}\n"
	    "ip.holder $2 {\"org\":\"$3\",\"country\":\"$4\"}\n"
	    "geo.place $2 {\"db\":\"hand.mmdb\",\"build\":\"2019-06-01\","
	    "\"country\":\"$4\",\"region\":\"\",\"city\":\"\"}\n" },
	{ "holder", 3, 3, { NULL },
	    "ip.network $1 {\"name\":\"$2\",\"country\":\"$3\"}\n"
	    "ip.holder $1 {\"org\":\"$2\",\"country\":\"$3\"}\n" },
	{ "place", 2, 7, { NULL, NULL, "", "", "20", "hand.mmdb",
	    "2019-06-01" },
	    "geo.place $1 {\"db\":\"$6\",\"build\":\"$7\",\"country\":\"$2\","
	    "\"region\":\"$3\",\"city\":\"$4\",\"radius_km\":\"$5\","
	    "\"sha256\":\"\"}\n" },
	{ "nowhere", 1, 2, { NULL, "hand.mmdb" },
	    "geo.none $1 {\"db\":\"$2\"}\n" },
	{ "alias", 2, 2, { NULL }, "dns.cname $1 {\"to\":\"$2\"}\n" },
	{ "server", 2, 2, { NULL }, "dns.ns $1 {\"ns\":\"$2\"}\n" },
	{ "mail", 2, 2, { NULL },
	    "dns.mx $1 {\"exchange\":\"$2\",\"preference\":10}\n" },
	{ "nothing", 2, 2, { NULL }, "dns.nodata $1 {\"type\":\"$2\"}\n" },
	{ "registry", 2, 2, { NULL },
	    "rdap.domain $1 {\"ldh\":\"$1\",\"server\":\"$2\",\"status\":[]}\n" },
	{ "registrar", 3, 3, { NULL },
	    "rdap.entity $1 {\"roles\":[\"registrar\"],\"handle\":\"\","
	    "\"name\":\"$2\",\"org\":\"\",\"country\":\"$3\",\"under\":\"\","
	    "\"withheld\":false,\"service\":false}\n" },
	{ "registrant", 2, 3, { NULL, NULL, "" },
	    "rdap.entity $1 {\"roles\":[\"registrant\"],\"handle\":\"\","
	    "\"name\":\"$2\",\"org\":\"\",\"country\":\"$3\",\"under\":\"\","
	    "\"withheld\":false,\"service\":false}\n" },
	{ "withheld", 1, 1, { NULL },
	    "rdap.entity $1 {\"roles\":[\"registrant\"],\"handle\":\"\","
	    "\"name\":\"REDACTED FOR PRIVACY\",\"org\":\"\",\"country\":\"\","
	    "\"under\":\"\",\"withheld\":true,\"service\":false}\n" },
	{ "page", 1, 2, { NULL, "" },
	    "http.page $1 {\"status\":200,\"type\":\"text/html\",\"bytes\":4096,"
	    "\"title\":\"$2\"}\n" },
	{ "words", 3, 4, { NULL, NULL, NULL, "" },
	    "page.words $1 {\"rule\":\"$2\",\"text\":\"$3\",\"detail\":\"$4\","
	    "\"where\":\"text\",\"offset\":0}\n" },
	{ "form", 3, 3, { NULL },
	    "page.form $1 {\"action\":\"$1\",\"method\":\"post\",\"purpose\":"
	    "\"$2\",\"fields\":[\"$3\"],\"offset\":0}\n" },
	{ "price", 3, 3, { NULL },
	    "page.price $1 {\"amount\":\"$2\",\"number\":\"$2\",\"currency\":"
	    "\"$3\",\"text\":\"$2 $3\",\"offset\":0}\n" },
	{ "link", 3, 4, { NULL, NULL, NULL, "" },
	    "page.link $1 {\"href\":\"$3\",\"text\":\"$4\",\"purpose\":\"$2\","
	    "\"offset\":0}\n" },
	{ "certificate", 2, 4, { NULL, NULL, "", "" },
	    "tls.cert $1@$2 {\"depth\":0,\"sha256\":\"$H\",\"names\":"
	    "[\"$1\"],\"org\":\"$3\",\"country\":\"$4\"}\n" },
	{ "reverse", 2, 2, { NULL }, "dns.ptr $1 {\"name\":\"$2\"}\n" },
	{ "class", 2, 3, { NULL, NULL, "" },
	    "page.class $1 {\"class\":\"$2\",\"rule\":\"hand\",\"dated\":"
	    "\"2019-06-01\",\"where\":\"text\",\"text\":\"$3\",\"content\":"
	    "false,\"offset\":0}\n" },
	{ "account", 3, 3, { NULL },
	    "page.id $1 {\"class\":\"wallet\",\"signal\":\"$2\",\"value\":"
	    "\"$3\",\"of\":\"\",\"where\":\"text\",\"check\":\"\","
	    "\"offset\":0}\n" },
	{ "exit", 2, 2, { NULL },
	    "ip.listed $1 {\"list\":\"hand\",\"what\":\"$2\",\"provider\":"
	    "\"\",\"key\":\"$1\",\"of\":\"$1\",\"date\":\"2019-06-01\","
	    "\"source\":\"written by hand\"}\n" },
};

/* The word as it stands between the quotes of a JSON string; caller frees. */
static char *
json_inside(const char *word)
{
	json_t *s = json_string(word);
	char *quoted = json_dumps(s, JSON_ENCODE_ANY | JSON_ENSURE_ASCII);
	char *inside = g_strndup(quoted + 1, strlen(quoted) - 2);

	free(quoted);
	json_decref(s);
	return inside;
}

static char *
short_filled(const char *lines, char *const *words)
{
	GString *out = g_string_new(NULL);

	for (const char *p = lines; *p != '\0'; p++) {
		if (p[0] == '$' && p[1] == 'A') {
			g_string_append(out, strchr(words[1], ':') != NULL ?
			    "aaaa" : "a");
			p++;
		} else if (p[0] == '$' && p[1] == 'H') {
			g_autofree char *sha = g_compute_checksum_for_string(
			    G_CHECKSUM_SHA256, words[0], -1);

			g_string_append(out, sha);
			p++;
		} else if (p[0] == '$' && g_ascii_isdigit(p[1])) {
			g_autofree char *s = json_inside(words[p[1] - '1']);

			g_string_append(out, s);
			p++;
		} else {
			g_string_append_c(out, *p);
		}
	}
	return g_string_free(out, FALSE);
}

static int
fact_words(struct hand_run *r, const char *text, GError **e)
{
	g_auto(GStrv) part = g_new0(char *, 4);

	for (int i = 0; i < 2; i++) {
		size_t len = strcspn(text, " \t");

		part[i] = g_strndup(text, len);
		text += len;
		text += strspn(text, " \t");
	}
	if (*text != '{')
		return refuse(r, e, "neither a word of README.md nor KIND "
		    "SUBJECT {JSON}: %s", part[0]);
	return fact_of(r, part[0], part[1], text, e);
}

/* Words that must be one of a list; a reader of pages gives no others. */
static const struct { const char *word; unsigned at; const char *of; } closed[] = {
	{ "words", 1, "vpn-offer advertisement app-offer governing-law country "
	    "company copyright-statement payment-method email audience "
	    "visitor-location torrent-link for-sale" },
	{ "form", 1, "sign-up log-in search payment upload comment contact "
	    "newsletter other" },
	{ "link", 1, "terms privacy imprint contact abuse about download pricing "
	    "sign-up advertising vpn" },
	{ "class", 1, "challenge geo-block parking for-sale suspended "
	    "default-page log-in-wall age-gate needs-script soft-404" },
	{ "exit", 1, "tor vpn cdn hosting cloud parking sinkhole" },
};

static int
closed_check(struct hand_run *r, const char *word, char *const *given,
    unsigned n, GError **e)
{
	for (size_t i = 0; i < G_N_ELEMENTS(closed); i++) {
		g_auto(GStrv) of = g_strsplit(closed[i].of, " ", -1);

		if (strcmp(closed[i].word, word) != 0 || n <= closed[i].at ||
		    g_strv_contains((const char *const *)of,
		    given[closed[i].at]))
			continue;
		return refuse(r, e, "%s: \"%s\" is none of %s", word,
		    given[closed[i].at], closed[i].of);
	}
	return 0;
}

static int
short_take(struct hand_run *r, size_t which, char *const *given, unsigned n,
    GError **e)
{
	char *words[WORDS_MAX] = { NULL };
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;

	if (n < shorts[which].least || n > shorts[which].most)
		return refuse(r, e, "%s takes %u words after it%s, not %u; a "
		    "name with blanks stands in double quotes",
		    shorts[which].word, shorts[which].least,
		    shorts[which].most > shorts[which].least ? " or some more" :
		    "", n);
	if (closed_check(r, shorts[which].word, given, n, e) != 0)
		return -1;
	for (unsigned i = 0; i < WORDS_MAX; i++) {
		const char *rest = shorts[which].rest[i];

		words[i] = i < n ? given[i] : (char *)(uintptr_t)(rest != NULL ?
		    rest : "");
	}
	text = short_filled(shorts[which].lines, words);
	lines = g_strsplit(text, "\n", -1);
	for (size_t i = 0; lines[i] != NULL; i++)
		if (*lines[i] != '\0' && fact_words(r, lines[i], e) != 0)
			return -1;
	return 0;
}

/* ---- words that are no facts ------------------------------------------------------ */

static void
target_take(struct hand_run *r, const char *name)
{
	g_free(r->target);
	r->target = strcmp(name, "-") == 0 ? NULL : g_strdup(name);
	if (r->target == NULL)
		return;
	for (guint i = 0; i < r->targets->len; i++)
		if (strcmp(r->targets->pdata[i], name) == 0)
			return;
	g_ptr_array_add(r->targets, g_strdup(name));
}

/* What a question of that kind asks where the line says it not; NULL: it must. */
static const char *
fail_type(int kind)
{
	return kind == PROBE_HTTP ? "page" : kind == PROBE_TLS ? "chain" :
	    kind == PROBE_RDAP || kind == PROBE_WHOIS ? "domain" :
	    kind == PROBE_GEO ? "place" : NULL;
}

/* A page by its URL; a bare name is that of the site's first page. */
static int
fail_page(struct hand_run *r, const char *name, const char *type,
    enum xstatus status)
{
	g_autofree char *url = strstr(name, "://") != NULL ? g_strdup(name) :
	    g_strdup_printf("https://%s/", name);

	ask_get(r, hand_ask_page(r, url, type))->status = status;
	return 0;
}

/* fail STATUS KIND NAME TYPE [HOST [SERVER]]; of pages, fail STATUS http URL */
static int
fail_take(struct hand_run *r, char **w, unsigned n, GError **e)
{
	int status = n >= 3 ? xstatus_parse(w[0]) : -1;
	int kind = n >= 3 ? probe_kind_parse(w[1]) : -1;
	const char *type = n > 3 ? w[3] : kind >= 0 ? fail_type(kind) : NULL;
	g_autofree char *name = NULL;

	if (kind == PROBE_HTTP && status >= 0 && n <= 4)
		return fail_page(r, w[2], type, (enum xstatus)status);

	if (status < 0 || kind < 0 || type == NULL)
		return refuse(r, e, "as in: fail timeout dns popcorn-time.ch "
		    "A, fail reset http https://popcorn-time.ch/; the kinds "
		    "are dns rdap whois tls http geo, statuses those of "
		    "FORMAT.md");
	name = kind == PROBE_DNS && !g_str_has_suffix(w[2], ".") ?
	    g_strconcat(w[2], ".", NULL) : g_strdup(w[2]);
	ask_get(r, question_new((enum probe_kind)kind, name, type,
	    n > 4 ? w[4] : "", n > 5 ? w[5] : "192.0.2.1", 0, ""))->status =
	    (enum xstatus)status;
	return 0;
}

/* 1: the line was none of these. */
static int
other_take(struct hand_run *r, char **w, unsigned n, GError **e)
{
	if (strcmp(w[0], "run") == 0 && n == 1) {
		r->at = text_time_parse(w[1]);
		return r->at != INT64_MIN ? 0 : refuse(r, e, "%s: no time, as "
		    "in 2019-06-20T10:00:00Z", w[1]);
	}
	if (strcmp(w[0], "incomplete") == 0 && n == 1) {
		g_free(r->incomplete);
		r->incomplete = g_strdup(w[1]);
		return 0;
	}
	if (strcmp(w[0], "target") == 0 && n == 1) {
		target_take(r, w[1]);
		return 0;
	}
	if (strcmp(w[0], "fail") == 0)
		return fail_take(r, w + 1, n, e);
	return 1;
}

/* ---- a line, a file ---------------------------------------------------------------- */

static int
line_take(struct hand_run *r, const char *text, GError **e)
{
	g_auto(GStrv) w = NULL;
	gint n = 0;
	int rc;

	if (*text == '\0' || *text == '#')
		return 0;
	if (*text == '{')
		return fact_line(r, text, e);
	if (strchr(text, '{') != NULL)
		return fact_words(r, text, e);
	if (!g_shell_parse_argv(text, &n, &w, NULL))
		return refuse(r, e, "a quote is not closed: %s", text);
	rc = other_take(r, w, (unsigned)n - 1, e);
	if (rc != 1)
		return rc;
	for (size_t i = 0; i < G_N_ELEMENTS(shorts); i++)
		if (strcmp(shorts[i].word, w[0]) == 0)
			return short_take(r, i, w + 1, (unsigned)n - 1, e);
	return fact_words(r, text, e);
}

int
hand_read(const char *path, struct hand_run *r, GError **e)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;

	*r = (struct hand_run){
		.at = text_time_parse(AT_DEFAULT), .file = path,
		.targets = g_ptr_array_new_with_free_func(g_free),
		.asks = g_ptr_array_new_with_free_func(ask_free),
		.known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
		    NULL),
		.addresses = g_hash_table_new_full(g_str_hash, g_str_equal,
		    g_free, g_free),
	};
	if (!g_file_get_contents(path, &text, NULL, e))
		return -1;
	lines = g_strsplit(text, "\n", -1);
	for (unsigned i = 0; lines[i] != NULL; i++) {
		r->line = i + 1;
		if (line_take(r, g_strstrip(lines[i]), e) != 0)
			return -1;
	}
	return 0;
}

void
hand_clear(struct hand_run *r)
{
	g_free(r->incomplete);
	g_free(r->target);
	g_ptr_array_unref(r->targets);
	g_hash_table_unref(r->known);
	g_hash_table_unref(r->addresses);
	g_ptr_array_unref(r->asks);
}
