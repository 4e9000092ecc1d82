#ifndef PROBES_WHOIS_QUERY_H
#define PROBES_WHOIS_QUERY_H

/* Whom to ask by WHOIS, and in which form: most servers take the bare name (RFC
 * 3912); those that need more stand in a table. */

#include <glib.h>

#define WHOIS_HOST	256

/* The query without its CRLF, for a domain or an address; caller frees. */
char	*whois_query(const char *server, const char *name);
/*
 * The server of a TLD, or of a registry below one ("uk.com"), by our own table
 * (data/whois-servers.tsv).  FALSE where the table does not have the suffix;
 * TRUE and "" where it has none, or only a web page.
 */
gboolean whois_server_find(const char *suffix, char host[WHOIS_HOST]);

#endif
