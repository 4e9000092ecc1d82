#include "reports/policy.h"

#include <string.h>

#include "reports/judge.h"
#include "reports/phrase.h"
#include "reports/quoted.h"

#define BEFORE	6	/* words of a clause in which a negation is looked for */

enum told { TOLD_WHO, TOLD_KEPT, TOLD_DENIED };

static const struct word_set sets[] = {
	{ "neg", "not|no|never|without|nor|none|cannot|don't|doesn't|geen|niet|"
	    "nooit|zonder|kein|keine|keinen|nicht|nie|ohne|pas|aucun|aucune|"
	    "sans|jamais|sin|ning\303\272n|ninguna|nunca|ekki" },
	{ "who", "name|names|surname|identity|passport|telephone|phone|billing|"
	    "payment|iban|birth|residence|address|addresses|card" },
	{ "take", "give|gives|provide|provides|provided|supply|state|enter|submit|"
	    "verify|verifies|collect|collects|require|requires|ask|asks|"
	    "record|records|store|stores|process|request|register|registered" },
	{ "taken", "required|collected|verified|stored|given|provided|supplied|"
	    "recorded|requested|mandatory|checked|asked" },
	{ "who_nl", "naam|namen|adres|identiteit|telefoonnummer|betaalgegevens|"
	    "geboortedatum|adresgegevens|persoonsgegevens" },
	{ "who_de", "name|namen|anschrift|adresse|identit\303\244t|telefonnummer|"
	    "zahlungsdaten|personalausweis|geburtsdatum|bestandsdaten" },
	{ "who_fr", "nom|pr\303\251nom|identit\303\251|adresse|t\303\251l\303\251phone|"
	    "coordonn\303\251es|naissance" },
	{ "who_es", "nombre|apellidos|identidad|direcci\303\263n|tel\303\251fono|"
	    "nacimiento|domicilio" },
	{ "time", "year|years|month|months|week|weeks|day|days" },
	{ NULL, NULL },
};

static const struct row {
	enum told	 told;
	const char	*language, *pattern;
} rows[] = {
	{ TOLD_WHO, "en", "$take ~8 $who" },
	{ TOLD_WHO, "en", "$who ~10 $taken" },
	{ TOLD_WHO, "nl", "opgeven|verstrekken|vermelden|invullen|verzamelen|"
	    "vragen|vastleggen|controleren|verplicht ~8 $who_nl" },
	{ TOLD_WHO, "nl", "$who_nl ~10 opgeven|op|verplicht|opgegeven|verzameld|"
	    "vereist|gecontroleerd|vastgelegd|verstrekken" },
	{ TOLD_WHO, "de", "erheben|erfassen|speichern|verlangen|pr\303\274fen ~8 "
	    "$who_de" },
	{ TOLD_WHO, "de", "$who_de ~10 angeben|anzugeben|erhoben|erfasst|"
	    "erforderlich|verlangt|gepr\303\274ft|gespeichert|hinterlegt" },
	{ TOLD_WHO, "fr", "indiquer|fournir|communiquer|collectons|recueillons|"
	    "demandons|exigeons|v\303\251rifions ~8 $who_fr" },
	{ TOLD_WHO, "fr", "$who_fr ~10 obligatoire|obligatoires|requis|requise|"
	    "collect\303\251|collect\303\251es|exig\303\251|exig\303\251s" },
	{ TOLD_WHO, "es", "facilitar|indicar|proporcionar|recogemos|solicitamos|"
	    "exigimos|verificamos ~8 $who_es" },
	{ TOLD_WHO, "es", "$who_es ~10 obligatorio|obligatorios|obligatoria|"
	    "requerido|requeridos|exigido|recogidos" },
	{ TOLD_WHO, "is", "nafn|nafni|heimilisfang|heimilisfangi|kennitala|"
	    "kennit\303\266lu" },
	{ TOLD_KEPT, "en", "keep|kept|store|stored|retain|retained|delete|deleted|"
	    "erase|erased|preserved ~10 $time" },
	{ TOLD_KEPT, "en", "$time ~10 kept|stored|retained|deleted|erased" },
	{ TOLD_KEPT, "nl", "bewaren|bewaard|verwijderd|verwijderen|gewist ~10 jaar|"
	    "jaren|maand|maanden|weken|dagen" },
	{ TOLD_KEPT, "nl", "jaar|jaren|maand|maanden|weken|dagen ~8 bewaren|bewaard|"
	    "verwijderd|gewist" },
	{ TOLD_KEPT, "de", "jahr|jahre|jahren|monate|monaten|wochen|tage|tagen ~8 "
	    "aufbewahrt|gespeichert|gel\303\266scht|aufbewahren|l\303\266schen" },
	{ TOLD_KEPT, "fr", "conserv\303\251|conserv\303\251e|conserv\303\251es|"
	    "conservons|supprim\303\251es|effac\303\251es ~10 an|ans|mois|jours" },
	{ TOLD_KEPT, "es", "conservan|conservamos|conservados|eliminan|borran ~10 "
	    "a\303\261o|a\303\261os|meses|d\303\255as" },
	{ TOLD_DENIED, "en", "not|never|no|without ~4 ask|asked|collect|collected|"
	    "require|required|need|needed|verify|verified|store|stored|keep|"
	    "kept ~6 name|names|identity|personal|data|details|information" },
	{ TOLD_DENIED, "en", "anonymous|anonymously|pseudonymous" },
	{ TOLD_DENIED, "nl", "anoniem|anonieme" },
	{ TOLD_DENIED, "nl", "geen ~4 gegevens|naam|persoonsgegevens" },
	{ TOLD_DENIED, "de", "anonym|anonyme|anonymer" },
	{ TOLD_DENIED, "de", "keine|keinerlei ~4 daten|namen|bestandsdaten" },
	{ TOLD_DENIED, "fr", "anonyme|anonymement" },
	{ TOLD_DENIED, "fr", "aucune|aucun ~4 donn\303\251e|identit\303\251|nom" },
	{ TOLD_DENIED, "es", "an\303\263nimo|an\303\263nima" },
	{ TOLD_DENIED, "es", "ning\303\272n ~4 dato|nombre" },
};

void
policy_init(struct policy *p)
{
	memset(p, 0, sizeof(*p));
	p->languages = g_string_new(NULL);
}

void
policy_clear(struct policy *p)
{
	g_string_free(p->languages, TRUE);
	p->languages = NULL;
}

/* "domain name", "user name": not whose it is. */
static gboolean
is_other_name(const struct words *w, size_t i)
{
	static const char *const before[] = { "domain", "user", "host", "server",
		"login", "file", "screen", "mail", "e-mail", "email" };

	for (size_t k = 0; i > 0 && k < G_N_ELEMENTS(before); k++)
		if (strcmp(words_at(w, i - 1)->low, before[k]) == 0)
			return TRUE;
	return FALSE;
}

/* Of one row: told by it, or told in the negative. */
static void
row_read(struct words *w, const struct row *row, const struct pattern *neg,
    gboolean told[])
{
	struct pattern *p = pattern_new(w, row->pattern, sets);

	for (size_t i = 0; i < w->tokens->len; i++) {
		size_t n = pattern_match(w, p, i);
		size_t from = words_clause(w, i, BEFORE);

		if (n == 0)
			continue;
		if (row->told == TOLD_WHO && (is_other_name(w, i) ||
		    is_other_name(w, i + n - 1)))
			continue;
		if (row->told == TOLD_WHO && pattern_among(w, neg, from,
		    i + n - from))
			told[TOLD_DENIED] = TRUE;
		else
			told[row->told] = TRUE;
	}
	pattern_free(p);
}

static void
words_told(struct policy *p, const char *text, gboolean told[])
{
	struct words w;
	struct pattern *neg;

	words_init(&w, text, strlen(text));
	neg = pattern_new(&w, "$neg", sets);
	for (size_t k = 0; k < G_N_ELEMENTS(rows); k++) {
		gboolean row[TOLD_DENIED + 1] = { FALSE };

		row_read(&w, &rows[k], neg, row);
		for (int t = 0; t <= TOLD_DENIED; t++) {
			told[t] |= row[t];
			if (row[t] && strstr(p->languages->str,
			    rows[k].language) == NULL)
				list_add(p->languages, rows[k].language);
		}
	}
	pattern_free(neg);
	words_clear(&w);
}

void
policy_read(struct policy *p, const struct statement *s)
{
	g_autofree char *text = quoted_words(s);
	gboolean told[TOLD_DENIED + 1] = { FALSE };

	words_told(p, text, told);
	p->quoted++;
	p->dated += *s->date != '\0' ? 1u : 0u;
	p->denied += told[TOLD_DENIED] ? 1u : 0u;
	p->kept += told[TOLD_KEPT] ? 1u : 0u;
	if (told[TOLD_WHO] && !told[TOLD_DENIED]) {
		p->who++;
		p->who_dated += *s->date != '\0' ? 1u : 0u;
	}
	if (!told[TOLD_WHO] && !told[TOLD_KEPT] && !told[TOLD_DENIED])
		p->unread++;
}

enum status
policy_practice(const struct statement *s)
{
	struct policy p;
	enum status is;

	policy_init(&p);
	policy_read(&p, s);
	if (p.who + p.unread > 0)
		is = *s->date != '\0' ? ST_SUP : ST_PART;
	else
		is = p.kept > 0 ? ST_PART : ST_INSUF;
	policy_clear(&p);
	return is;
}

static void
read_one(const struct statement *s, void *arg)
{
	policy_read(arg, s);
}

void
policy_of(const struct finding *f, struct policy *p)
{
	policy_init(p);
	quoted_each(f, f->element->id, f->scope, read_one, p);
}

void
policy_say(struct finding *f, const struct policy *p)
{
	const struct { guint n; const char *what; } facets[] = {
		{ p->who, "who a customer is" },
		{ p->kept, "how long it is kept" },
		{ p->dated, "of which day they are" },
	};
	g_autoptr(GString) has = g_string_new(NULL);
	g_autoptr(GString) lacks = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(facets); i++)
		list_add(facets[i].n > 0 ? has : lacks, facets[i].what);
	if (p->denied > 0)
		list_add(has, "that customers are not asked who they are");
	finding_note(f, "what is quoted of its terms tells: %s%s%s%s%s%s",
	    has->len > 0 ? has->str : "nothing that this program can tell",
	    p->languages->len > 0 ? " (in words of " : "", p->languages->str,
	    p->languages->len > 0 ? ")" : "",
	    lacks->len > 0 ? "; not: " : "", lacks->str);
}
