#ifndef GEOIP_GEO_H
#define GEOIP_GEO_H

/*
 * Geolocation databases (MaxMind DB files): which are there, what each one is,
 * and what each one says of an address.  Nothing here chooses between two
 * databases or reads a record: a record comes out whole, as JSON, and who
 * understands its fields (flat or nested) lives above.
 *
 * A database is a file ending in .mmdb in one of these folders, in this order:
 *
 *	$XDG_DATA_HOME/goodcause/geoip	(~/.local/share/goodcause/geoip)
 *	DIR/geoip			DIR: where the program's file is
 *	DIR/../share/goodcause/geoip
 *	/usr/share/GeoIP
 *	/var/lib/GeoIP
 *
 * Of two files with one name the first is taken, and of two files with the
 * same bytes the first.  Within a folder the order is that of the names, so
 * the same machine always gives the same set.
 *
 * The bytes hashed are the bytes looked up in: one file descriptor serves
 * both.  A file may be any bytes at all: what is wrong with it is a problem
 * sentence or a -1, never a crash.  (What cannot be helped: a file that is
 * shortened while it is mapped.  Replace databases by renaming.)
 */

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct geo_db;			/* one open database file, mmap'd */
struct geo_set;			/* the databases found */

struct geo_info {
	const char	*path;		/* as opened */
	const char	*file;		/* its last component */
	const char	*type;		/* metadata's database_type, UTF-8 */
	const char	*licence;	/* or "not known to this program" */
	char		 build[32];	/* build_epoch in RFC 3339; "" where absurd */
	uint64_t	 size;		/* bytes */
	uint32_t	 nodes;		/* of the search tree */
	unsigned	 ip_version;	/* 4 or 6, as the file says */
	char		 sha256[65];	/* of the whole file, lower-case hex */
	bool		 sha256_cached;	/* taken from the cache, not computed now */
};

/* The folders above; never NULL, may be empty. */
struct geo_set	*geo_set_open(void);
/* The same for the folders named, a NULL-terminated list. */
struct geo_set	*geo_set_open_dirs(const char *const *dirs);
void		 geo_set_free(struct geo_set *);	/* NULL is fine */

size_t		 geo_set_count(const struct geo_set *);
/* Borrowed from the set; NULL where i is not below the count. */
const struct geo_info *geo_set_info(const struct geo_set *, size_t i);

/*
 * The k-th file or folder that is there but could not be used: a sentence that
 * names it and the reason.  NULL past the end.
 */
const char	*geo_set_problem(const struct geo_set *, size_t k);

/*
 * What database i says of ip, a numeric address.
 *
 *  1  found: json is the record as one JSON object, its keys in file order;
 *     network is the prefix that matched, "1.1.1.0/24".
 *  0  not in this database: json is empty, network is the prefix of which
 *     the database says nothing.
 * -1  ip is no address, this file does not hold addresses of its family, or
 *     the record is damaged, deeper than 16 or longer than 16 KiB of JSON.
 *     Both are empty.
 *
 * In the JSON, numbers with a fraction (coordinates) are strings, the shortest
 * decimal that reads back as the same number, so that nothing rounds them on
 * the way.  So are integers above 2^53.  Text that is not UTF-8 or holds a NUL
 * is {"b64":"..."}.
 */
int		 geo_lookup(const struct geo_set *, size_t i, const char *ip,
		    GString *json, char network[64]);

/*
 * What its publisher says against a database, one sentence, or NULL: to be
 * printed wherever its answers are.
 */
const char	*geo_info_caution(const struct geo_info *);

#endif
