#include "reports/html.h"

#include <stdarg.h>
#include <string.h>

#include "probes/text.h"

/* What is no question is in the log, and in no other exhibit. */
static void
events_of(struct html *h, const struct exhibit *log)
{
	for (guint i = 0; i < h->run->log->len; i++) {
		const struct log_row *r = h->run->log->pdata[i];

		if (strcmp(r->type, "exchange") != 0)
			g_hash_table_insert(h->exhibits, (void *)(uintptr_t)&r->n,
			    log->id);
	}
}

void
html_open(struct html *h, GString *out, const struct run *run,
    const char *file)
{
	h->out = out;
	h->run = run;
	h->file = file;
	h->imports = "imports.html";
	h->cited = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free,
	    NULL);
	h->exhibits = g_hash_table_new(g_int64_hash, g_int64_equal);
	for (guint i = 0; run != NULL && i < run->exhibits->len; i++) {
		const struct exhibit *x = run->exhibits->pdata[i];

		if (*x->id == 'B')
			events_of(h, x);
		for (guint k = 0; k < x->records->len; k++) {
			uint64_t *n = &g_array_index(x->records, uint64_t, k);

			if (!g_hash_table_contains(h->exhibits, n))
				g_hash_table_insert(h->exhibits, n, x->id);
		}
	}
}

void
html_close(struct html *h)
{
	g_hash_table_unref(h->exhibits);
	g_hash_table_unref(h->cited);
}

void
html_raw(struct html *h, const char *markup)
{
	g_string_append(h->out, markup);
}

/* A cut never falls into a character: UTF-8 bytes above 7F are kept whole. */
static size_t
cut_at(const char *s, size_t max)
{
	size_t n = strnlen(s, max + 1);

	if (n <= max)
		return n;
	for (n = max; n > 0 && ((unsigned char)s[n] & 0xc0) == 0x80;)
		n--;
	return n;
}

void
html_text(struct html *h, const char *s)
{
	size_t n;

	if (s == NULL)
		return;
	n = cut_at(s, HTML_TEXT_MAX);
	text_html(h->out, s, (gssize)n);
	if (s[n] != '\0')
		g_string_append_printf(h->out,
		    " [cut here; %zu bytes in the record]", strlen(s));
}

/*
 * Text with a <wbr> after each of the characters in after.  All of them are
 * ASCII, so no piece begins inside a character.
 */
static void
broken(struct html *h, const char *s, const char *after)
{
	size_t n = cut_at(s, HTML_TEXT_MAX), from = 0;

	for (size_t i = 0; i < n; i++) {
		if (strchr(after, s[i]) == NULL)
			continue;
		if (i + 1 < n && strchr(after, s[i + 1]) != NULL)
			continue;
		text_html(h->out, s + from, (gssize)(i + 1 - from));
		from = i + 1;
		if (from < n)
			html_raw(h, "<wbr>");
	}
	text_html(h->out, s + from, (gssize)(n - from));
	if (s[n] != '\0')
		g_string_append_printf(h->out,
		    " [cut here; %zu bytes in the record]", strlen(s));
}

/* Browsers break at a hyphen: a label with one is kept together, unless it is
 * so long that it has to be broken somewhere. */
static void
name_label(struct html *h, const char *s, size_t n)
{
	gboolean keep = n <= 34 && memchr(s, '-', n) != NULL;

	if (keep)
		html_raw(h, "<span class=\"nb\">");
	text_html(h->out, s, (gssize)n);
	if (keep)
		html_raw(h, "</span>");
}

static void
name_parts(struct html *h, const char *s)
{
	size_t n = cut_at(s, HTML_TEXT_MAX), from = 0;

	for (size_t i = 0; i < n; i++) {
		if (s[i] != '.')
			continue;
		name_label(h, s + from, i + 1 - from);
		from = i + 1;
		if (from < n)
			html_raw(h, "<wbr>");
	}
	name_label(h, s + from, n - from);
	if (s[n] != '\0')
		g_string_append_printf(h->out,
		    " [cut here; %zu bytes in the record]", strlen(s));
}

void
html_name(struct html *h, const char *s)
{
	html_raw(h, "<code>");
	name_parts(h, s);
	html_raw(h, "</code>");
}

void
html_address(struct html *h, const char *s)
{
	if (strchr(s, ':') == NULL && strlen(s) < 24) {
		html_raw(h, "<span class=\"nb\">");
		html_text(h, s);
		html_raw(h, "</span>");
	} else {
		broken(h, s, ":");
	}
}

void
html_url(struct html *h, const char *s)
{
	broken(h, s, "/?&=");
}

void
html_count(struct html *h, uint64_t n)
{
	char digits[32];
	int len = g_snprintf(digits, sizeof digits, "%" G_GUINT64_FORMAT, n);

	for (int i = 0; i < len; i++) {
		g_string_append_c(h->out, digits[i]);
		if (i + 1 < len && (len - 1 - i) % 3 == 0)
			g_string_append_c(h->out, ',');
	}
}

void
html_hash(struct html *h, const char *hex, size_t step)
{
	size_t n = strnlen(hex, 128);

	html_raw(h, "<code class=\"h\">");
	for (size_t i = 0; i < n; i += step) {
		if (i > 0)
			html_raw(h, "<wbr>");
		text_html(h->out, hex + i, (gssize)MIN(step, n - i));
	}
	html_raw(h, "</code>");
}

void
html_hash12(struct html *h, const char *hex)
{
	size_t n = strnlen(hex, 13);

	html_raw(h, "<code class=\"h\">");
	text_html(h->out, hex, (gssize)MIN(n, 12));
	html_raw(h, n > 12 ? "\xe2\x80\xa6</code>" : "</code>");
}

void
html_json(struct html *h, const json_t *v)
{
	const json_t *b64 = json_object_get(v, "b64");
	size_t i;
	json_t *e;

	if (json_is_string(v)) {
		html_text(h, json_string_value(v));
	} else if (json_is_integer(v)) {
		g_string_append_printf(h->out, "%" JSON_INTEGER_FORMAT,
		    json_integer_value(v));
	} else if (json_is_boolean(v)) {
		html_raw(h, json_is_true(v) ? "yes" : "no");
	} else if (json_is_array(v)) {
		json_array_foreach(v, i, e) {
			if (i > 0)
				html_raw(h, ", ");
			html_json(h, json_is_array(e) ? NULL : e);
		}
	} else if (json_is_string(b64)) {
		gsize len = 0;
		g_autofree guchar *bytes =
		    g_base64_decode(json_string_value(b64), &len);

		(void)bytes;
		say(h, "%d bytes that are not UTF-8 text", (uint64_t)len);
	}
}

/* One piece in running text, unless it is longer than a line may be. */
static void
running(struct html *h, const char *s)
{
	if (strlen(s) > 44) {
		name_parts(h, s);
		return;
	}
	html_raw(h, "<span class=\"nb\">");
	html_text(h, s);
	html_raw(h, "</span>");
}

static void
say_one(struct html *h, char what, va_list *ap)
{
	const char *s;

	if (what == 'd' || what == 'i') {
		uint64_t n = va_arg(*ap, uint64_t);

		if (what == 'd')
			html_count(h, n);
		else
			g_string_append_printf(h->out, "%" G_GUINT64_FORMAT, n);
		return;
	}
	s = va_arg(*ap, const char *);
	if (s == NULL)
		s = "";
	switch (what) {
	case 't':
		html_text(h, s);
		break;
	case 'n':
		html_name(h, s);
		break;
	case 'p':
		name_parts(h, s);
		break;
	case 'a':
		html_address(h, s);
		break;
	case 'P':
		running(h, s);
		break;
	case 'u':
		html_url(h, s);
		break;
	case 'U':
		if (strlen(s) > 44)
			html_url(h, s);
		else
			running(h, s);
		break;
	case 'f':
		broken(h, s, "/.");
		break;
	case 'D':
		html_raw(h, "<span class=\"nb\">");
		html_text(h, s);
		html_raw(h, "</span>");
		break;
	case 'h':
		html_hash12(h, s);
		break;
	case 'H':
		html_hash(h, s, 8);
		break;
	default:
		g_assert_not_reached();
	}
}

void
say(struct html *h, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	for (const char *p = fmt; *p != '\0'; p++) {
		if (*p != '%')
			g_string_append_c(h->out, *p);
		else if (*++p == '%')
			g_string_append_c(h->out, '%');
		else
			say_one(h, *p, &ap);
	}
	va_end(ap);
}

/* "2026-09-14T18:02:09.123456Z" in its parts; as it is where it is not so. */
static gboolean
stamp_like(const char *s)
{
	return strlen(s) >= 20 && s[10] == 'T' && s[4] == '-' && s[13] == ':';
}

void
html_stop(struct html *h)
{
	const char *s = h->out->str;
	gsize n = h->out->len;

	while (n > 0 && s[n - 1] == '>') {	/* behind closing tags */
		while (n > 0 && s[n - 1] != '<')
			n--;
		n -= n > 0;
	}
	if (n == 0 || s[n - 1] != '.')
		html_raw(h, ".");
}

void
html_when(struct html *h, const char *s)
{
	if (!stamp_like(s)) {
		html_text(h, *s == '\0' ? "not recorded" : s);
		return;
	}
	html_raw(h, "<span class=\"nb\">");
	text_html(h->out, s, 10);
	html_raw(h, "</span> ");
	text_html(h->out, s + 11, 8);
	html_raw(h, " UTC");
}

void
html_stamp(struct html *h, const char *s)
{
	html_raw(h, "<span class=\"nb\">");
	if (stamp_like(s)) {
		text_html(h->out, s, 10);
		html_raw(h, " ");
		text_html(h->out, s + 11, 8);
	} else {
		html_text(h, s);
	}
	html_raw(h, "</span>");
}

void
html_clock(struct html *h, const char *s)
{
	if (stamp_like(s))
		text_html(h->out, s + 11, 8);
	else
		html_text(h, s);
}
