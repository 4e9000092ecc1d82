#ifndef COLLECTOR_BAG_H
#define COLLECTOR_BAG_H

/*
 * A run as a BagIt 1.0 bag (RFC 8493): the texts of its tag files, made from
 * the hashes of its files.  The same functions serve sealing and verifying:
 * verifying makes each text again and compares bytes, so a text can have no
 * variant and no trailing bytes.
 */

#include "collector/files.h"

struct bag_file {
	char		*path;		/* within the run, "/" between */
	struct file_sums sums;
};

#define BAG_DECLARATION	"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

enum bag_hash { BAG_SHA256, BAG_SHA512 };

/* Files below dir/sub, sorted by path, hashed. */
GPtrArray	*bag_files(const char *dir, const char *sub, GError **);
/* The files of names, in that order, hashed. */
GPtrArray	*bag_named(const char *dir, const GPtrArray *names, GError **);
void		 bag_file_free(struct bag_file *);
/* Lines "hex  path" as sha256sum -c and sha512sum -c read them. */
GString		*bag_manifest(const GPtrArray *files, enum bag_hash);
uint64_t	 bag_octets(const GPtrArray *files);
/* "Label: value" with what would end the line made a blank. */
void		 bag_line(GString *out, const char *label, const char *value);
/* Value of the first such line of a text, NULL where none; caller frees. */
char		*bag_value(const char *text, const char *label);
/*
 * Which part of the run a file of its top folder belongs to; NULL or not ours
 * is BAG_FOREIGN.  Order within a run is the order of enum, then by name.
 */
enum bag_part {
	BAG_FOREIGN,
	BAG_TAG,	/* covered by the tagmanifests */
	BAG_TAGMANIFEST,
	BAG_AFTER,	/* head.txt and what follows it: after-sha256.txt covers it */
	BAG_LAST,	/* after-sha256.txt */
};
enum bag_part	 bag_part(const char *name);
gboolean	 bag_made_by_sealing(const char *name);
/* Names of dir's top folder that are of this part, in the order of the bag. */
GPtrArray	*bag_part_names(const char *dir, enum bag_part, GError **);

#endif
