#include "reports/words.h"

const char words_worksheet[] =
	"Prepared by software for use by counsel. Not legal advice and not "
	"evidence. It compares collected facts with propositions extracted "
	"from one order (" WORDS_ORDER "). That order is not binding on other "
	"courts, later authority differs in parts (see overlay notes, current "
	"only to " RULES_DATE "), and the ruling turned on how the motion was "
	"argued as well as on facts. A flag is not a prediction.";

const char words_worksheet_short[] =
	"For counsel. Not legal advice, not evidence. A flag is not a "
	"prediction.";

const char words_identity[] =
	"An IP address identifies a network endpoint at a time. It does not by "
	"itself identify a subscriber, and a subscriber is not necessarily the "
	"user.";

const char words_host[] =
	"Addresses returned by DNS belong to hosting or delivery providers. "
	"This program did not observe the network address of any defendant.";

const char words_capture[] =
	"Content may vary by time, place, client and cookies. This program does "
	"not run page scripts; text and resources added by script are not "
	"captured. No full-page image was made by this program";

const char words_hash[] =
	"A matching hash shows the stored bytes are unchanged since the hash "
	"was recorded. It does not show who published the content or that "
	"other visitors received it.";

const char words_footer[] =
	"Factual record. No legal conclusion is stated.";

const char words_rules[] =
	"Rules " RULES_VERSION " of " RULES_DATE "; authority may have changed.";

const char words_edge[] =
	"An address of a delivery network's edge says nothing of the host "
	"behind it.";

const char words_place[] =
	"A radius is the vendor's own estimate of an area; it is not an "
	"address.";

const char words_registration[] =
	"Registration data is supplied by the registrant and is not verified "
	"by this program.";

const char words_gaps[] = "Gaps listed above remain in the record.";
const char words_no_gap[] =
	"No gap detected in the cells this program checks. Whether the factor "
	"is met is for counsel and the court.";

const struct status_words words_status[STATUSES] = {
	[ST_SUP] = { "SUP", "facts of the supporting kind",
	    "record contains facts of the kind the order describes as "
	    "supporting", FALSE },
	[ST_PART] = { "PART", "some of the facts; the rest missing",
	    "record contains some of the facts; listed facets missing", TRUE },
	[ST_INSUF] = { "INSUF", "only facts found not sufficient",
	    "record contains only facts of a kind the order found not "
	    "sufficient", TRUE },
	[ST_ADV] = { "ADV", "facts treated as weakening",
	    "record contains facts the order treated as potentially "
	    "weakening", TRUE },
	[ST_NONE] = { "NONE", "looked for; nothing found",
	    "looked for, nothing found (or nothing was imported)", TRUE },
	[ST_NC] = { "NC", "not collected, or failed",
	    "not collected, or collection failed, with the reason", TRUE },
	[ST_CONF] = { "CONF", "sources disagree; both shown",
	    "sources disagree; both are shown", TRUE },
	[ST_STALE] = { "STALE", "outside the date window",
	    "fact is outside the relevant date window; dates shown", TRUE },
	[ST_CO] = { "CO", "for counsel; not assessed",
	    "for counsel: not something this program can assess", FALSE },
};

const char *
words_against(const struct finding *f)
{
	return f->status == ST_NONE || f->status == ST_NC ? "Looked at" :
	    "Against";
}

static gboolean
is_image(const struct import *m)
{
	static const char *const endings[] = { ".png", ".jpg", ".jpeg",
		".webp", ".tif", ".tiff", ".gif", ".pdf" };
	g_autofree char *low = g_ascii_strdown(m->file, -1);

	for (size_t i = 0; m->kind == IMPORT_DOCUMENT &&
	    i < G_N_ELEMENTS(endings); i++)
		if (g_str_has_suffix(low, endings[i]))
			return TRUE;
	return FALSE;
}

const char *
words_images(const struct record *rec)
{
	for (guint i = 0; i < rec->imports->len; i++)
		if (is_image(rec->imports->pdata[i]))
			return " (images or PDF files were imported: see the "
			    "exhibit of imported files).";
	return " (imported: no).";
}

gboolean
words_trap_fires(const struct finding *f)
{
	return f->element->kind == 'T' && (f->adverse || f->status == ST_ADV ||
	    f->status == ST_INSUF || f->status == ST_CONF);
}

static void
words_token(GString *out, const struct token_view *t)
{
	if (*t->time == '\0')
		return;
	g_string_append_printf(out, ", and from a time-stamp token (%s) by %s",
	    strcmp(t->which, "open") == 0 ? "opening" : "closing",
	    t->authority);
}

void
words_time(GString *out, const struct run *run)
{
	g_string_append(out, "Times come from the clock of the collecting "
	    "computer");
	if (*run->clock != '\0')
		g_string_append_printf(out, " (%s)", run->clock);
	for (guint i = 0; i < run->tokens->len; i++)
		words_token(out, g_ptr_array_index(run->tokens, i));
	g_string_append(out, ".");
}
