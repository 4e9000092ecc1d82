/* Fed. R. Evid. 902(13): a record made by an electronic process; 902(14): a copy
 * known by its hash. */

#include "reports/declaration.h"

#include <string.h>

#include "reports/words.h"

static void
certifier(struct draft *d)
{
	struct html *h = &d->h;

	draft_paragraph(d);
	html_raw(h, "I am ");
	draft_blank(h, "name, qualification");
	html_raw(h, "; what I have to do with the process below: ");
	draft_blank(h, "relation to it");
	html_raw(h, ".</p>\n");
}

static void
accuracy(struct draft *d)
{
	struct html *h = &d->h;

	draft_paragraph(d);
	html_raw(h, "Why that process gives an accurate result: ");
	draft_blank(h, "test vectors, runs with known answers, a second "
	    "resolver or registry query, and what came out");
	html_raw(h, ". It worked as it should during the run, but for: ");
	draft_blank(h, "faults; or none");
	html_raw(h, ".</p>\n");
}

static void
identified(struct draft *d)
{
	struct html *h = &d->h;

	draft_paragraph(d);
	say(h, "The record is run %t, id %H", d->run->name, d->run->id);
	if (*d->run->head != '\0')
		say(h, ", with the head hash %H", d->run->head);
	else
		html_raw(h, "; it is not sealed and has no head hash");
	html_raw(h, ". <cite>[Ex. O-1]</cite></p>\n");
}

static void
copied(struct draft *d)
{
	struct html *h = &d->h;

	draft_paragraph(d);
	html_raw(h, "The original is the folder of that run on ");
	draft_blank(h, "computer, medium");
	html_raw(h, "; the copy is ");
	draft_blank(h, "what was copied to what, by whom, when");
	html_raw(h, ".</p>\n");
	draft_paragraph(d);
	if (d->run->files->len > 0)
		say(h, "The algorithm is SHA-256. The values of %d file%t "
		    "recorded by the program when the run was sealed, in "
		    "manifest-sha256.txt, and stand in Exhibit O-1. <cite>[Ex. "
		    "O-1]</cite></p>\n", (uint64_t)d->run->files->len,
		    d->run->files->len == 1 ? " was" : "s were");
	else
		html_raw(h, "The algorithm is SHA-256. No values were recorded: "
		    "the run is not sealed. <cite>[Ex. O-1]</cite></p>\n");
	draft_paragraph(d);
	html_raw(h, "They were computed again on the copy by ");
	draft_blank(h, "whom, when, with which command");
	html_raw(h, "; the values are ");
	draft_blank(h, "identical, or which are not");
	html_raw(h, ".</p>\n");
}

static void
not_certified(struct draft *d)
{
	static const char *const texts[] = {
		"that what pages, registries and messages say is so",
		"who runs a site, or who used an address",
		"that databases of other makers are accurate, and where an "
		    "address is",
		"that other visitors were sent the same",
	};
	struct html *h = &d->h;

	draft_paragraph(d);
	html_raw(h, "Not certified:</p>\n<ul>\n");
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		say(h, "<li>%t</li>\n", texts[i]);
	say(h, "</ul>\n<p>%t</p>\n", words_hash);
}

void
render_certifications_html(const struct report *rep, GString *out)
{
	struct draft d;

	draft_open(&d, rep, out, "Certifications",
	    "Drafts that software wrote from the record, for a qualified "
	    "person to finish; they certify nothing until that person has "
	    "filled in what stands in brackets and signed. A certificate has to "
	    "say what a witness would say. For counsel: reasonable written "
	    "notice to the other side, with record and certificate made "
	    "available, comes before trial or hearing; on a motion ex parte "
	    "there is nobody to notify yet.");
	html_raw(&d.h, "<h2>Certification of a record made by an electronic "
	    "process, Fed. R. Evid. 902(13)</h2>\n");
	certifier(&d);
	draft_process(&d);
	accuracy(&d);
	draft_course(&d);
	identified(&d);
	not_certified(&d);
	draft_signature(&d);
	html_raw(&d.h, "<h2 class=\"page\">Certification of data copied, Fed. R. "
	    "Evid. 902(14)</h2>\n");
	d.paragraph = 0;
	certifier(&d);
	identified(&d);
	copied(&d);
	not_certified(&d);
	draft_signature(&d);
	draft_close(&d);
}
