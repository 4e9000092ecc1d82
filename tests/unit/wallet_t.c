/*
 * Wallets: each kind with its checksum right, and wrong by one character; and
 * Keccak-256 against values of an implementation written apart from this one.
 */

#include <string.h>

#include "probes/keccak.h"
#include "probes/text.h"
#include "probes/wallet.h"

static const struct {
	const char	*address, *coin, *check;
	gboolean	 solana;
} good[] = {
	{ "1KnrgLjixm8Yz1PGC2aGbkJuqyLQzRDDob", "BTC", "Base58Check", FALSE },
	{ "3LUsbtEAWfSw5B5hK8Es2NfqzVd8ZVGgbD", "BTC", "Base58Check", FALSE },
	{ "Le1owZ3Z3RNcEp5RNAZZsmNg4Bhh8EbdHg", "LTC", "Base58Check", FALSE },
	{ "DPvxDbgNGB2qX1ZrvcZq9WUWj74iM2GiAr", "DOGE", "Base58Check",
	    FALSE },
	{ "XuUhWbPcvUM98wyr3utVTGzhgJv74dUyJS", "DASH", "Base58Check",
	    FALSE },
	{ "TUm4gQ7T7VFW9BStnJDz7u13km5jCYeWUG", "TRX", "Base58Check", FALSE },
	{ "bc1qec088fyzzntu3kugn4ee66h3zyjj0yty6pjwlt", "BTC", "bech32",
	    FALSE },
	{ "BC1QEC088FYZZNTU3KUGN4EE66H3ZYJJ0YTY6PJWLT", "BTC", "bech32",
	    FALSE },
	{ "bc1p6cfa6nnjhejgscg034twsfjl6jjnflqm7q4tjvrewf2tdvnzgdps2077h9",
	    "BTC", "bech32m", FALSE },
	{ "ltc1qec088fyzzntu3kugn4ee66h3zyjj0yty7ag28m", "LTC", "bech32",
	    FALSE },
	{ "0xce1E73A48214D7c8dB889d739d6af11125279164", "ETH", "EIP-55",
	    FALSE },
	{ "4AxSQnsnu8L3vR9P9DkWV5iT1CVYRZYFdYLEHCbT69cJ4snjCkNKqn6h3UPn6DBQQaj"
	  "GoJSRT9R8Kj54hyGzfGF47omudvt", "XMR", "Keccak-256", FALSE },
	{ "8BnakAXdVYk3vR9P9DkWV5iT1CVYRZYFdYLEHCbT69cJ4snjCkNKqn6h3UPn6DBQQaj"
	  "GoJSRT9R8Kj54hyGzfGF47rYJDHk", "XMR", "Keccak-256", FALSE },
};

static void
test_good(void)
{
	struct wallet w;
	size_t i, k;

	for (i = 0; i < G_N_ELEMENTS(good); i++) {
		g_autofree char *bent = g_strdup(good[i].address);
		size_t n = strlen(bent);

		g_assert_true(wallet_read(bent, n, FALSE, &w));
		g_assert_cmpstr(w.coin, ==, good[i].coin);
		g_assert_cmpstr(w.check, ==, good[i].check);
		for (k = 4; k < n; k++) {
			char was = bent[k];

			bent[k] = was == 'a' ? 'c' : was == 'A' ? 'C' :
			    g_ascii_isupper(was) ? 'A' : 'a';
			g_assert_false(wallet_read(bent, n, FALSE, &w));
			bent[k] = was;
			g_assert_false(wallet_read(bent, k, FALSE, &w));
		}
	}
}

/* A form without a checksum is told as that, and only where the page helps. */
static void
test_unverified(void)
{
	static const char eth[] = "0xce1e73a48214d7c8db889d739d6af11125279164";
	static const char sol[] =
	    "AYB7gTAjaXfY1nsFCP4pwdRWqJrD61dJDN7g3tKtaAnS";
	struct wallet w;

	g_assert_true(wallet_read(eth, strlen(eth), FALSE, &w));
	g_assert_cmpstr(w.check, ==, "none: in one case");
	g_assert_false(wallet_read(sol, strlen(sol), FALSE, &w));
	g_assert_true(wallet_read(sol, strlen(sol), TRUE, &w));
	g_assert_cmpstr(w.check, ==, "none: the form only");
}

/* The first block's, a burner, a token's contract, a wrong kind of bech32. */
static void
test_nobody(void)
{
	static const char *const none[] = {
		"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
		"1BitcoinEaterAddressDontSendf59kuE",
		"0xdAC17F958D2ee523a2206206994597C13D831ec7",
		"0x0000000000000000000000000000000000000000",
		"TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
		"bc1qw508d6qejxtdg4y5r3zarvaryvaxxpcs",
		"Bc1qec088fyzzntu3kugn4ee66h3zyjj0yty6pjwlt",
	};
	struct wallet w;
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(none); i++)
		g_assert_false(wallet_read(none[i], strlen(none[i]), FALSE,
		    &w));
}

static void
test_keccak(void)
{
	static const struct {
		char		 byte;
		size_t		 n;
		const char	*hex;
	} rows[] = {
		{ 'a', 0, "c5d2460186f7233c927e7db2dcc703c0"
		    "e500b653ca82273b7bfad8045d85a470" },
		{ 'a', 136, "a6c4d403279fe3e0af03729caada8374"
		    "b5ca54d8065329a3ebcaeb4b60aa386e" },
		{ 'q', 300, "84071a43e3c158fc94b379c2a929844a"
		    "9eade7bc738e1a097cfe2a1cd65fb86f" },
	};
	unsigned char sum[32];
	char hex[65];
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *s = g_strnfill(rows[i].n, rows[i].byte);

		keccak256(sum, s, rows[i].n);
		text_hex(hex, sum, sizeof(sum));
		g_assert_cmpstr(hex, ==, rows[i].hex);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/wallet/good", test_good);
	g_test_add_func("/wallet/unverified", test_unverified);
	g_test_add_func("/wallet/nobody", test_nobody);
	g_test_add_func("/wallet/keccak", test_keccak);
	return g_test_run();
}
