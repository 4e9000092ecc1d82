/* The table of signals, and how a note points at what fired it. */

#include "reports/overlay_priv.h"

#include "reports/html.h"
#include "reports/judge.h"

static const struct {
	signal_fn	*fires;
	const char	*says;
} signals[SIGNALS] = {
	[SIGNAL_US_SERVICE] = { signal_us_service, "a provider with a US "
	    "holder, or words on a page about US law" },
	[SIGNAL_VISITOR_PLACE] = { signal_visitor_place, "geolocation of "
	    "visitors; or a tracking cookie or measuring service, and a device "
	    "in the forum" },
	[SIGNAL_RULE_4K2] = { signal_rule_4k2, "a paper names Rule "
	    "4(k)(2), or facts are held against the United States as forum" },
	[SIGNAL_US_COUNT] = { signal_us_count, "a number of downloads in the "
	    "United States" },
	[SIGNAL_GOODS] = { signal_goods, "physical goods shipped" },
	[SIGNAL_INDUCEMENT] = { signal_inducement, "promotional words, or a "
	    "claim of inducement or contribution" },
	[SIGNAL_SUBSCRIBER] = { signal_subscriber, "an address of a Doe, from "
	    "which a subscriber may be asked for" },
	[SIGNAL_GEO_BARE] = { signal_geo_bare, "geolocation without result, "
	    "database or declarant" },
	[SIGNAL_GEO_ANY] = { signal_geo_any, "a place that a database "
	    "returned" },
	[SIGNAL_REGISTRANT] = { signal_registrant, "a registrant named in "
	    "registration data" },
	[SIGNAL_OWN_VISITS] = { signal_own_visits, "visits from addresses of "
	    "the plaintiff's side" },
	[SIGNAL_STEPS] = { signal_steps, "steps that a run recorded" },
	[SIGNAL_FOREIGN] = { signal_foreign, "a foreign entity is sought" },
	[SIGNAL_COUNTRY] = { signal_country, "an entity of that country is "
	    "sought" },
	[SIGNAL_US_ENTITY] = { signal_us_entity, "an entity in the United "
	    "States is sought" },
	[SIGNAL_GTLD_REGISTRAR] = { signal_gtld_registrar, "a registrar of a "
	    "generic top-level domain in the record" },
	[SIGNAL_CCTLD] = { signal_cctld, "a registry or registrar of a "
	    "country-code domain in the record" },
	[SIGNAL_EU_REGISTRY] = { signal_eu_registry, "a registry or registrar "
	    "of the European Union in the record" },
	[SIGNAL_TRAP] = { signal_trap, "what lint finds in the papers for the "
	    "trap that it stands beside" },
	[SIGNAL_RAISED] = { signal_raised, "facts for an element that it is "
	    "about" },
	[SIGNAL_INSUFFICIENT] = { signal_insufficient, "facts found not "
	    "sufficient for an element that it is about" },
	[SIGNAL_ADVERSE] = { signal_adverse, "adverse facts in the record" },
	[SIGNAL_SWARM] = { signal_swarm, "rows of a Doe in a swarm" },
	[SIGNAL_SWARM_DOES] = { signal_swarm_does, "rows of several Does in a "
	    "swarm" },
	[SIGNAL_SPEECH] = { signal_speech, "words that a Doe published, or a "
	    "paper that speaks of them" },
	[SIGNAL_ALIAS] = { signal_alias, "acts of persons, and no address of a "
	    "Doe" },
	[SIGNAL_IMPERSONATION] = { signal_impersonation, "an act in another's "
	    "name" },
	[SIGNAL_VPN] = { signal_vpn, "offers of a VPN on pages" },
	[SIGNAL_TORRENTS] = { signal_torrents, "torrents on pages" },
	[SIGNAL_APPLICATION] = { signal_application, "an application offered "
	    "on pages or in a store" },
	[SIGNAL_SEALED] = { signal_sealed, "a run kept with its hashes" },
	[SIGNAL_PAGES] = { signal_pages, "pages that a run received" },
	[SIGNAL_ARCHIVE] = { signal_archive, "an import from an archive of "
	    "pages" },
	[SIGNAL_TABLES] = { signal_tables, "imports of rows, printed as counts "
	    "and excerpts" },
	[SIGNAL_DECLARATION] = { signal_declaration, "a declaration among the "
	    "drafts" },
};

const char *
signal_says(enum signal s)
{
	return signals[s].says;
}

gboolean
signal_fires(enum signal s, const struct overlay_look *l,
    struct overlay_note *n)
{
	return signals[s].fires(l, n);
}

enum { POINTED = 40 };		/* things of the record that a note points at */

void
signal_point(struct overlay_note *n, struct pointer p)
{
	if (n->pointers->len < POINTED)
		g_array_append_val(n->pointers, p);
}

void
signal_point_fact(struct overlay_note *n, const struct run *run,
    const struct fact *fact)
{
	signal_point(n, cites_pointer(run, fact));
}

void
signal_point_row(struct overlay_note *n, const struct import *i, uint64_t row)
{
	signal_point(n, (struct pointer){ .import = i, .n = row });
}

void
signal_rows(struct overlay_note *n, guint rows, const struct import *i,
    const char *of)
{
	g_autofree char *word = NULL;

	if (rows == 0)
		return;
	word = g_strdup_printf("%u row%s of %s%s", PLURAL(rows), i->id, of);
	list_add(n->shows, word);
}
