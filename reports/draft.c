/* What declaration and certifications have in common. */

#include "reports/declaration.h"

#include <string.h>

#include "embed.h"
#include "reports/words.h"

void
draft_blank(struct html *h, const char *what)
{
	say(h, "<span class=\"blank\">[%t]</span>", what);
}

void
draft_paragraph(struct draft *d)
{
	say(&d->h, "<p><span class=\"no\">%i.</span> ",
	    (uint64_t)++d->paragraph);
}

/* ---- the run ------------------------------------------------------------------ */

void
draft_process(struct draft *d)
{
	struct html *h = &d->h;

	draft_paragraph(d);
	say(h, "The program is %t; the SHA-256 of the file that ran is %H. ",
	    d->run->program, d->run->program_sha256);
	html_raw(h, "It asks questions by the protocols DNS, RDAP, WHOIS, TLS "
	    "and HTTP, writes down each question and what raised it, and keeps "
	    "the bytes sent and received, with the times of the computer\xe2"
	    "\x80\x99s clock and the SHA-256 of each. From the kept bytes it "
	    "reads facts, each of which names the record that it was read "
	    "from; they can be read from the bytes again. It signs in nowhere, "
	    "fills in no form, runs no script, and downloads no work and no "
	    "program. <cite>[Ex. A-1; Ex. B-1]</cite></p>\n");
	draft_paragraph(d);
	html_raw(h, "The settings that were used, the limits in force, and the "
	    "databases and lists that were read, with the hash of each, are in "
	    "Exhibit A-1. <cite>[Ex. A-1]</cite></p>\n");
}

static void
token_times(struct draft *d)
{
	struct html *h = &d->h;
	guint n = 0;

	for (guint i = 0; i < d->run->tokens->len; i++) {
		const struct token_view *t = d->run->tokens->pdata[i];

		if (*t->time == '\0')
			continue;
		say(h, "%t%t token of %t, ", n++ == 0 ? " Time-stamp tokens are "
		    "kept with it: " : "; ", strcmp(t->which, "open") == 0 ?
		    "opening" : "closing", t->authority);
		html_when(h, t->time);
	}
	html_raw(h, n > 0 ? "." : " No time-stamp token is kept with it: the "
	    "times rest on the computer\xe2\x80\x99s clock alone.");
}

void
draft_course(struct draft *d)
{
	struct run_counts c = run_counts(d->run);
	struct html *h = &d->h;

	draft_paragraph(d);
	say(h, "Run %t began ", d->run->name);
	html_when(h, d->run->started);
	html_raw(h, " and ended ");
	html_when(h, d->run->ended);
	say(h, ", by a clock of which the program noted: %t.", *d->run->clock !=
	    '\0' ? d->run->clock : "nothing");
	token_times(d);
	html_raw(h, " <cite>[Ex. A-1; Ex. O-2]</cite></p>\n");
	draft_paragraph(d);
	say(h, "%d questions were asked; %d were answered and %d were not. ",
	    c.asked, c.asked - c.failed, c.failed);
	if (d->run->complete)
		html_raw(h, "No question was left unasked.");
	else
		say(h, "The run was cut short: %t.", *d->run->incomplete_why !=
		    '\0' ? d->run->incomplete_why : "it was not sealed");
	html_raw(h, " What had no answer is listed with its reason, and is "
	    "nowhere taken for absent. <cite>[Ex. B-1]</cite></p>\n");
}

/* ---- the end --------------------------------------------------------------------- */

void
draft_signature(struct draft *d)
{
	struct html *h = &d->h;

	html_raw(h, "<div class=\"signed\">\n");
	draft_paragraph(d);
	html_raw(h, "I declare under penalty of perjury that the foregoing is "
	    "true and correct. <span class=\"note\">28 U.S.C. \xc2\xa7 1746(2), "
	    "within the United States; strike out one.</span></p>\n<p>I declare "
	    "under penalty of perjury under the laws of the United States of "
	    "America that the foregoing is true and correct. <span class=\""
	    "note\">28 U.S.C. \xc2\xa7 1746(1), outside the United States."
	    "</span></p>\n<p>Executed on ");
	draft_blank(h, "date");
	html_raw(h, " at ");
	draft_blank(h, "place");
	html_raw(h, "</p>\n<p class=\"sign\">");
	draft_blank(h, "signature, name");
	html_raw(h, "</p>\n</div>\n");
}

static void
caption(struct draft *d, const char *title)
{
	const struct record *rec = d->rec;
	struct html *h = &d->h;

	if (*rec->court != '\0')
		say(h, "<p class=\"sub\">%t</p>\n", rec->court);
	if (*rec->number != '\0')
		say(h, "<p class=\"sub\">%t</p>\n", rec->number);
	if (*d->run->title != '\0')
		say(h, "<p class=\"sub\">%t</p>\n", d->run->title);
	say(h, "<h1>%t</h1>\n", title);
}

void
draft_open(struct draft *d, const struct report *rep, GString *out,
    const char *title, const char *note)
{
	g_autofree char *shown = html_shorten(rep->run->title, 48);
	g_autofree char *left = g_strdup_printf("%s: run %s \xc2\xb7 %s", title,
	    rep->run->name, words_footer);

	*d = (struct draft){ .rep = rep, .rec = rep->rec, .run = rep->run };
	html_open(&d->h, out, rep->run, rep->exhibit_file != NULL ?
	    rep->exhibit_file : "exhibit.html");
	html_head(&d->h, &(struct page){
		.title = title, .css = embed_reports_declaration_css,
		.size = rep->rec->page_size, .top_left = "draft, not signed",
		.top_right = shown, .bottom_left = left,
	});
	html_raw(&d->h, "<header aria-label=\"Heading\">\n");
	caption(d, title);
	say(&d->h, "<p class=\"note\">%t</p>\n</header>\n<main>\n", note);
}

void
draft_close(struct draft *d)
{
	say(&d->h, "</main>\n<footer>%t</footer>\n</body>\n</html>\n",
	    words_footer);
	html_close(&d->h);
}
