#ifndef COLLECTOR_IMPORT_VALUE_H
#define COLLECTOR_IMPORT_VALUE_H

/*
 * Cells that are addresses, amounts and places.  Pure.
 *
 * Addresses: one address, IPv4 or IPv6; with a port behind it ("192.0.2.7:51413",
 * "[2001:db8::1]:443") where the port's own cell is empty or the same.  An IPv4
 * address in IPv6's clothes (::ffff:192.0.2.7) is the IPv4 address.  "a - b" and
 * "a/n" are ranges; octets with leading zeros are not read: some read them as
 * octal.
 *
 * Amounts: whole numbers, in groups of three by comma, blank or apostrophe;
 * a fraction behind a point is cut off.  Bands: "50,000+", ">= 50,000",
 * "at least 50,000", "10,000 - 50,000", "1M+", "up to 1,000", "<1,000".
 * "50.000" and "1,5" are not read, because they say one thing in one country and
 * another in the next.  "about" and its like are passed over, and so is a sign of
 * per cent: what was written stands beside the number wherever it is shown.
 *
 * Places: two letters of ISO 3166-1 (USA counts as US, and a territory of the United
 * States by its code there: PR is US-PR), a code of ISO 3166-2 (US's are checked one
 * by one, of others the form), WORLD.
 */

#include "reports/import.h"

/* Faults ROW_IP_* and ROW_PORT_BAD. */
uint32_t	 address_read(const char *cell, const char *port_cell,
		    struct inet *, uint16_t *port);
/* Not public, in a way that nobody's user has: guard.h, documentation aside. */
gboolean	 address_special(const struct inet *);
/* Public by guard.h: registries and the DNS have something to say of it. */
gboolean	 address_public(const struct inet *);
/* 0 or ROW_VALUE_BAD; sets low, high, band. */
uint32_t	 amount_read(const char *, struct number *);
/* The code in upper case into out; FALSE where it is none. */
gboolean	 place_read(const char *, char out[16]);

#endif
