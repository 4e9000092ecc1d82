#ifndef PROBES_WHOIS_QUERY_H
#define PROBES_WHOIS_QUERY_H

/* The form in which a WHOIS server wants to be asked for a domain: most take
 * the bare name (RFC 3912); those that need more stand in a table. */

/* The query without its CRLF; caller frees. */
char	*whois_query(const char *server, const char *domain);

#endif
