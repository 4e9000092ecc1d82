#ifndef PROBES_WALLET_H
#define PROBES_WALLET_H

/*
 * Addresses of wallets, told by their form and by the checksum inside them:
 *
 *	BTC LTC DOGE DASH TRX	Base58Check (four bytes of SHA-256 twice)
 *	BTC LTC			segregated witness: BIP 173 bech32 for version 0,
 *				BIP 350 bech32m above it
 *	ETH			EIP-55, where letters of both cases are used; an
 *				address in one case has no checksum, and is told
 *				as unverified
 *	XMR			Monero's Base58 in blocks, Keccak-256
 *	SOL			32 bytes in Base58: a form, no checksum, so only
 *				where the page speaks of it
 *
 * A string that has the form and fails its checksum is no wallet.  A wallet
 * that has no key behind it (all zero, burning, a token's contract) is none
 * either: see the table in wallet.c.  The '3...' addresses of Litecoin before
 * 2018 are Bitcoin's form, and told as that.
 */

#include <glib.h>

#define WALLET_LEAST	25
#define WALLET_MOST	110

struct wallet {
	const char	*coin;		/* "BTC" */
	const char	*check;		/* "Base58Check", ..., "none" */
};

/* solana: whether the page speaks of it.  FALSE where it is no wallet. */
gboolean	wallet_read(const char *, size_t len, gboolean solana,
		    struct wallet *);

#endif
