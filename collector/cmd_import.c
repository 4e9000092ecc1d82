/*
 * goodcause import: takes files that people bring into the case, hashed and
 * logged, and says at once what in them can be used.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "collector/case.h"
#include "collector/cmd.h"
#include "collector/import_priv.h"
#include "collector/import_say.h"
#include "collector/seal.h"
#include "collector/table_store.h"
#include "probes/text.h"
#include "reports/showing.h"

struct importing {
	const struct globals *g;
	struct import_said said;
	GPtrArray	*known;		/* struct stored * */
	json_t		*files;		/* for --json */
	unsigned	 taken, already, missed, unusable;
	const char	*withdraw, *reason;	/* NULL: files are taken */
};

/* ---- what was typed */

static int
check_kind(const char *name, struct importing *im)
{
	g_autoptr(GString) all = g_string_new("One of");
	int kind = import_kind_parse(name);

	if (kind >= 0) {
		im->said.kind = (enum import_kind)kind;
		return 0;
	}
	for (int i = 0; i < IMPORT_KINDS; i++)
		g_string_append_printf(all, "%s %s", i > 0 ? "," : "",
		    import_kind_name((enum import_kind)i));
	g_string_append(all, ".\nAs in: goodcause import activity log.csv");
	return cmd_fail(EXIT_USAGE_, all->str, "import: %s: no such kind of "
	    "file", name);
}

static int
check_from(const char *from, struct importing *im)
{
	int whose;

	if (from == NULL)
		return 0;
	whose = mail_from_parse(from);
	if (whose < 0)
		return cmd_fail(EXIT_USAGE_, "One of provider, operator, "
		    "other.", "import: --from %s: nobody that is known here",
		    from);
	if (im->said.kind != IMPORT_MAIL)
		return cmd_fail(EXIT_USAGE_, "--describe TEXT says of any file "
		    "what it is.", "import: --from is for mail");
	im->said.whose = (enum mail_from)whose;
	return 0;
}

/* "P-18,L-06" */
static int
check_elements(const char *list, struct importing *im)
{
	if (list == NULL)
		return 0;
	im->said.elements = g_strsplit_set(list, ", ", -1);
	for (char **e = im->said.elements, **to = e; ; e++) {
		if (*e == NULL) {
			*to = NULL;
			break;
		}
		if (**e == '\0') {
			g_free(*e);
			continue;
		}
		if (element_find(*e) == NULL)
			return cmd_fail(EXIT_USAGE_, "\"goodcause explain\" "
			    "lists them.", "import: --elements %s: no such "
			    "element", *e);
		*to++ = *e;
	}
	return 0;
}

static int
check_text(const char *option, const char *text, const char **to)
{
	*to = text != NULL ? text : "";
	if (g_utf8_validate(*to, -1, NULL) && strlen(*to) <= 4096)
		return 0;
	return cmd_fail(EXIT_USAGE_, "At most 4096 bytes of UTF-8.",
	    "import: --%s: cannot be used", option);
}

/* ---- a file */

static void
say(struct importing *im, const char *file, enum taken how,
    const struct stored *s, const struct import_tally *t, const char *why)
{
	static const char *const words[] = { "imported", "already", "not" };
	g_autoptr(GString) out = g_string_new(NULL);
	json_t *o;

	if (im->g->json) {
		o = json_pack("{s:o, s:s}", "file", text_json(file,
		    strlen(file)), "status", words[how]);
		if (how == TAKEN)
			json_object_update_new(o, import_json(s, t));
		else if (how == TAKEN_ALREADY)
			json_object_set_new(o, "import",
			    json_string(s->im->id));
		if (why != NULL)
			json_object_set_new(o, "why", text_json(why,
			    strlen(why)));
		json_array_append_new(im->files, o);
	} else if (how == TAKEN && !im->g->quiet) {
		import_say(s, t, out);
		fputs(out->str, stdout);
	}
}

static void
take(struct importing *im, const char *file)
{
	g_autoptr(GError) e = NULL;
	struct import_tally t = { 0 };
	struct stored *s;
	enum taken how = import_take(im->g->dir, file, &im->said, im->known,
	    &s, &t, &e);
	const char *why = e != NULL ? e->message : NULL;

	say(im, file, how, s, &t, why);
	if (how == TAKEN) {
		im->taken++;
		im->unusable += import_is_table(s->im->kind) &&
		    s->im->counted == 0;
	} else if (how == TAKEN_ALREADY) {
		im->already++;
		cmd_fail(0, "Nothing was imported twice.", "%s: the case has "
		    "these bytes since %s: %s, %s", file, s->im->at,
		    s->im->id, s->im->file);
	} else {
		im->missed++;
		cmd_fail(0, NULL, "%s", why);
	}
}

/* Takes an import back: it stays, and counts for nothing from now on. */
static int
withdraw(struct importing *im)
{
	g_autoptr(GError) e = NULL;
	const struct stored *s = import_named(im->known, im->withdraw);

	if (s == NULL)
		return cmd_fail(EXIT_USAGE_, "As in: --withdraw I-0004; "
		    "\"goodcause assess --json\" lists them.", "import: "
		    "--withdraw %s: no such import", im->withdraw);
	if (*s->im->withdrawn != '\0')
		return cmd_fail(EXIT_USAGE_, NULL, "import: %s was withdrawn "
		    "already, at %s: %s", s->im->id, s->im->withdrawn,
		    s->im->withdrawn_why);
	if (import_withdraw(im->g->dir, s, im->said.who, im->reason, &e) != 0)
		return cmd_error(e);
	if (im->g->json)
		cmd_json(json_pack("{s:s, s:s, s:s, s:o}", "goodcause",
		    goodcause_version, "schema", "import/1", "withdrawn",
		    s->im->id, "reason", text_json(im->reason,
		    strlen(im->reason))));
	else if (!im->g->quiet)
		printf("%s (%s, %s) is withdrawn: it is kept, and counts for "
		    "nothing from now on.\n", s->im->id, s->im->exhibit,
		    s->im->file);
	return EXIT_DONE;
}

static int
take_all(struct importing *im, char **files, int n)
{
	g_autoptr(GError) e = NULL;

	if (tables_keep(im->g->dir, &e) != 0 ||
	    (im->known = imports_stored(im->g->dir, &e)) == NULL ||
	    imports_mend(im->g->dir, im->known, &e) != 0)
		return cmd_error(e);
	if (im->withdraw != NULL)
		return withdraw(im);
	for (int i = 0; i < n; i++)
		take(im, files[i]);
	if (im->g->json)
		cmd_json(json_pack("{s:s, s:s, s:O}", "goodcause",
		    goodcause_version, "schema", "import/1", "files",
		    im->files));
	if (im->taken == 0 && im->already == 0)
		return EXIT_CANNOT;
	return im->missed + im->already + im->unusable > 0 ? EXIT_SHORT :
	    EXIT_DONE;
}

/* ---- the command */

static int
import_here(struct importing *im, char **files, int n)
{
	struct kase k;
	int lock, rc = cmd_case(im->g, &k);

	if (rc != 0)
		return rc;
	lock = case_lock(k.dir);
	if (lock >= 0) {
		im->said.who = k.name;
		rc = take_all(im, files, n);
		close(lock);
	} else {
		rc = lock == -1 ? EXIT_BUSY : EXIT_CANNOT;
	}
	case_clear(&k);
	return rc;
}

static int
import_back(struct importing *im, const char *id, const char *reason, int argc)
{
	int rc;

	if (id == NULL || reason == NULL || *reason == '\0' || argc > 1)
		return cmd_fail(EXIT_USAGE_, "As in: goodcause import --withdraw "
		    "I-0004 --reason \"the log of another case\"", "import: "
		    "--withdraw wants one import and a --reason");
	rc = check_text("reason", reason, &im->reason);
	im->withdraw = id;
	return rc != 0 ? rc : import_here(im, NULL, 0);
}

static const char summary[] =
    "Takes files into the case: hashed, logged, never changed, each an exhibit.\n"
    "KIND is activity, numbers, ads, geolocation or history (CSV with a header\n"
    "line), mail (.eml), document (any file), or motion (.txt, .md, .html: a\n"
    "draft for lint). Rows that cannot be used are kept, named and not counted.\n"
    "--withdraw takes one back, which is kept and counts no more.\n"
    "Status 1 where a file was there already, could not be read, or has no row\n"
    "that counts.";

int
cmd_import(const struct globals *globals, int argc, char **argv)
{
	struct globals g = *globals;
	g_autofree char *from = NULL, *entity = NULL, *describe = NULL,
	    *label = NULL, *list = NULL, *back = NULL, *reason = NULL;
	const GOptionEntry entries[] = {
		{ "from", 0, 0, G_OPTION_ARG_FILENAME, &from,
		    "mail: provider, operator or other", "WHOM" },
		{ "entity", 0, 0, G_OPTION_ARG_FILENAME, &entity,
		    "whose it is, as in entities.csv", "NAME" },
		{ "describe", 0, 0, G_OPTION_ARG_FILENAME, &describe,
		    "what it is, in your words", "TEXT" },
		{ "label", 0, 0, G_OPTION_ARG_FILENAME, &label,
		    "what the papers call it: \"Exhibit A\"", "TEXT" },
		{ "withdraw", 0, 0, G_OPTION_ARG_FILENAME, &back,
		    "take an import back: it is kept and counts no more", "ID" },
		{ "reason", 0, 0, G_OPTION_ARG_FILENAME, &reason,
		    "why it is withdrawn", "TEXT" },
		{ "elements", 0, 0, G_OPTION_ARG_FILENAME, &list,
		    "what it is brought for: P-18,L-06", "LIST" },
		{ .long_name = NULL },
	};
	struct importing im = { .g = &g, .files = json_array() };
	int rc = cmd_options(&g, "import KIND FILE...", summary, entries,
	    &argc, &argv);

	if (rc != 0)
		rc--;
	else if (back != NULL || reason != NULL)
		rc = import_back(&im, back, reason, argc);
	else if (argc < 3)
		rc = cmd_fail(EXIT_USAGE_, "As in: goodcause import activity "
		    "log.csv", "import: wants a kind and a file");
	else if ((rc = check_kind(argv[1], &im)) == 0 &&
	    (rc = check_from(from, &im)) == 0 &&
	    (rc = check_elements(list, &im)) == 0 &&
	    (rc = check_text("label", label, &im.said.label)) == 0 &&
	    (rc = check_text("describe", describe, &im.said.describe)) == 0 &&
	    (rc = check_text("entity", entity, &im.said.entity)) == 0)
		rc = import_here(&im, argv + 2, argc - 2);
	g_strfreev(im.said.elements);
	g_clear_pointer(&im.known, g_ptr_array_unref);
	json_decref(im.files);
	return rc;
}
