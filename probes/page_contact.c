#include "probes/page_contact.h"

#include <string.h>

#include "probes/page_ids.h"
#include "probes/page_words.h"
#include "probes/wallet.h"

/* "BTC:1Abc...": what stands after the last mark is the address. */
void
page_contact_wallet(const struct page_text *t, struct page_facts *f, size_t i)
{
	const struct word *w = text_word(t, i);
	const char *s = t->text->str + w->core, *end = s + w->core_len, *p;
	struct wallet found;

	for (p = end; p > s && g_ascii_isalnum(p[-1]); p--)
		;
	if (wallet_read(p, (size_t)(end - p), text_near(t, i,
	    "solana|sol|usdc|phantom"), &found))
		page_id_add(f, "wallet", found.coin, "wallet", p,
		    (size_t)(end - p), w->pos + (size_t)(p - s) +
		    (w->core - w->at), "text", found.check);
}

/* ---- hidden mailboxes */

static const char *const ats[] = { "[at]", "(at)", "{at}", "[@]", "(@)",
	"[\xc3\xa4t]", "(\xc3\xa4t)", "[arroba]", "(arroba)", "[chiocciola]",
	"(chiocciola)" };
static const char *const dots[] = { "[dot]", "(dot)", "{dot}", "[.]", "(.)",
	"[punkt]", "(punkt)", "(punto)", "[punto]", "(point)", "[point]" };

/* One of the marks at s: its length, 0 where none. */
static size_t
mark_at(const char *s, const char *end, const char *const *marks, size_t n)
{
	size_t i, len;

	for (i = 0; i < n; i++) {
		len = strlen(marks[i]);
		if ((size_t)(end - s) >= len &&
		    g_ascii_strncasecmp(s, marks[i], len) == 0)
			return len;
	}
	return 0;
}

static gboolean
in_mailbox(char c)
{
	return g_ascii_isalnum(c) || strchr("._-+", c) != NULL;
}

/* Back over the name, with at most one blank before the mark. */
static const char *
name_before(const char *start, const char *p, GString *out)
{
	const char *end;

	if (p > start && p[-1] == ' ')
		p--;
	end = p;
	while (p > start && end - p < 64 && in_mailbox(p[-1]))
		p--;
	g_string_append_len(out, p, end - p);
	return p;
}

/* "host [dot] example", "host.example"; a blank stands beside a mark only. */
static void
host_after(const char *p, const char *end, GString *out)
{
	size_t n, from = out->len;

	while (p < end && out->len - from < 253) {
		const char *q = *p == ' ' && p + 1 < end ? p + 1 : p;

		n = mark_at(q, end, dots, G_N_ELEMENTS(dots));
		if (n > 0) {
			g_string_append_c(out, '.');
			p = q + n;
			p += p < end && *p == ' ';
		} else if (g_ascii_isalnum(*p) || *p == '-' || *p == '.') {
			g_string_append_c(out, *p++);
		} else if (out->len == from && *p == ' ') {
			p++;
		} else {
			break;
		}
	}
	while (out->len > from && !g_ascii_isalnum(out->str[out->len - 1]))
		g_string_truncate(out, out->len - 1);
}

void
page_contact_hidden(const struct page_text *t, struct page_facts *f, size_t i)
{
	const struct word *w = text_word(t, i);
	const char *start = t->text->str, *p = start + w->at, *name;
	const char *end = p + w->len, *line = memchr(p, '\n',
	    t->text->len - w->at);
	g_autoptr(GString) out = g_string_new(NULL);
	size_t n = 0, at;

	for (; p < end && n == 0; p += n == 0)
		n = mark_at(p, end, ats, G_N_ELEMENTS(ats));
	if (n == 0)
		return;
	name = name_before(start, p, out);
	at = out->len;
	g_string_append_c(out, '@');
	host_after(p + n, line != NULL ? line : start + t->text->len, out);
	if (at == 0 || memchr(out->str + at, '.', out->len - at) == NULL)
		return;
	if (name < start + w->at && i > 0)
		w = text_word(t, i - 1);
	page_words_add(f, "email", out->str, out->len, w->pos, "text",
	    "obfuscated", 10);
}
