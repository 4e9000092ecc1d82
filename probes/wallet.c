#include "probes/wallet.h"

#include <openssl/evp.h>
#include <string.h>

#include "probes/keccak.h"

#define BYTES	96		/* of any address here, decoded */

/* ---- Base58 */

static const char base58[] =
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/* Big-endian into exactly size bytes; FALSE where it does not fit or is none. */
static gboolean
base58_block(const char *s, size_t n, guchar *out, size_t size)
{
	size_t i, j;

	memset(out, 0, size);
	for (i = 0; i < n; i++) {
		const char *at = memchr(base58, s[i], sizeof(base58) - 1);
		unsigned carry;

		if (at == NULL)
			return FALSE;
		carry = (unsigned)(at - base58);
		for (j = size; j-- > 0;) {
			carry += out[j] * 58u;
			out[j] = (guchar)carry;
			carry >>= 8;
		}
		if (carry != 0)
			return FALSE;
	}
	return TRUE;
}

/* Each leading '1' is a byte 0, and there are no others. */
static gboolean
leading_ones(const char *s, size_t n, const guchar *bytes, size_t size)
{
	size_t ones = 0, zeros = 0;

	while (ones < n && s[ones] == '1')
		ones++;
	while (zeros < size && bytes[zeros] == 0)
		zeros++;
	return ones == zeros;
}

static gboolean
double_sha256(const guchar *bytes, size_t n, guchar out[32])
{
	unsigned len;

	return EVP_Digest(bytes, n, out, &len, EVP_sha256(), NULL) == 1 &&
	    EVP_Digest(out, 32, out, &len, EVP_sha256(), NULL) == 1;
}

static const struct {
	guchar		 version;
	const char	*coin;
} versions[] = {
	{ 0x00, "BTC" }, { 0x05, "BTC" }, { 0x30, "LTC" }, { 0x32, "LTC" },
	{ 0x1e, "DOGE" }, { 0x16, "DOGE" }, { 0x4c, "DASH" }, { 0x41, "TRX" },
};

static gboolean
base58check(const char *s, size_t n, struct wallet *w)
{
	guchar b[25], sum[32];
	size_t i;

	if (n < 26 || n > 35 || !base58_block(s, n, b, sizeof(b)) ||
	    !leading_ones(s, n, b, sizeof(b)) ||
	    !double_sha256(b, 21, sum) || memcmp(sum, b + 21, 4) != 0)
		return FALSE;
	for (i = 0; i < G_N_ELEMENTS(versions); i++)
		if (versions[i].version == b[0]) {
			*w = (struct wallet){ versions[i].coin, "Base58Check" };
			return TRUE;
		}
	return FALSE;
}

/*
 * Monero: blocks of 11 digits are 8 bytes, the last 7 digits are 5.  Network 18
 * is an address, 42 a subaddress, 19 one with a payment id in it.
 */
static gboolean
monero(const char *s, size_t n, struct wallet *w)
{
	guchar b[BYTES], sum[32];
	size_t i, size = 0;

	if ((n != 95 && n != 106) || (*s != '4' && *s != '8'))
		return FALSE;
	for (i = 0; n - i >= 11; i += 11, size += 8)
		if (!base58_block(s + i, 11, b + size, 8))
			return FALSE;
	if (!base58_block(s + i, 7, b + size, 5))
		return FALSE;
	size += 5;
	keccak256(sum, b, size - 4);
	if (memcmp(sum, b + size - 4, 4) != 0 ||
	    (n == 95 ? b[0] != 18 && b[0] != 42 : b[0] != 19))
		return FALSE;
	*w = (struct wallet){ "XMR", "Keccak-256" };
	return TRUE;
}

static gboolean
solana_key(const char *s, size_t n, struct wallet *w)
{
	guchar b[32];

	if (n < 43 || n > 44 || !base58_block(s, n, b, sizeof(b)) ||
	    !leading_ones(s, n, b, sizeof(b)))
		return FALSE;
	*w = (struct wallet){ "SOL", "none: the form only" };
	return TRUE;
}

/* ---- bech32 (BIP 173, BIP 350) */

static const char bech32[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

static guint32
polymod(guint32 c, unsigned v)
{
	static const guint32 g[] = { 0x3b6a57b2, 0x26508e6d, 0x1ea119fa,
		0x3d4233dd, 0x2a1462b3 };
	unsigned top = c >> 25, i;

	c = (c & 0x1ffffff) << 5 ^ v;
	for (i = 0; i < G_N_ELEMENTS(g); i++)
		if (top >> i & 1)
			c ^= g[i];
	return c;
}

static guint32
prefix_sum(const char *hrp, size_t n)
{
	guint32 c = 1;
	size_t i;

	for (i = 0; i < n; i++)
		c = polymod(c, (unsigned)(guchar)hrp[i] >> 5);
	c = polymod(c, 0);
	for (i = 0; i < n; i++)
		c = polymod(c, (guchar)hrp[i] & 31);
	return c;
}

/* A version 0 program is 20 or 32 bytes: 32 or 52 digits of five bits. */
static gboolean
program_fits(unsigned version, size_t digits)
{
	if (version == 0)
		return digits == 32 || digits == 52;
	return version <= 16 && digits >= 4 && digits <= 64;
}

static gboolean
segwit(const char *s, size_t n, struct wallet *w)
{
	size_t hrp = strncmp(s, "bc1", 3) == 0 ? 2 :
	    strncmp(s, "ltc1", 4) == 0 ? 3 : 0, i;
	unsigned version = 32;
	guint32 c;

	if (hrp == 0 || n < hrp + 1 + 8 || n > 90)
		return FALSE;
	c = prefix_sum(s, hrp);
	for (i = hrp + 1; i < n; i++) {
		const char *at = memchr(bech32, s[i], sizeof(bech32) - 1);

		if (at == NULL)
			return FALSE;
		if (i == hrp + 1)
			version = (unsigned)(at - bech32);
		c = polymod(c, (unsigned)(at - bech32));
	}
	if (!program_fits(version, n - hrp - 1 - 1 - 6) ||
	    c != (version == 0 ? 1u : 0x2bc830a3u))
		return FALSE;
	*w = (struct wallet){ hrp == 2 ? "BTC" : "LTC",
	    version == 0 ? "bech32" : "bech32m" };
	return TRUE;
}

/* The same in upper case is as good; both cases in one are not. */
static gboolean
segwit_any_case(const char *s, size_t n, struct wallet *w)
{
	char low[91];
	size_t i, upper = 0, lower = 0;

	if (n >= sizeof(low))
		return FALSE;
	for (i = 0; i < n; i++) {
		upper += g_ascii_isupper(s[i]) != 0;
		lower += g_ascii_islower(s[i]) != 0;
		low[i] = g_ascii_tolower(s[i]);
	}
	low[n] = '\0';
	return (upper == 0 || lower == 0) && segwit(low, n, w);
}

/* ---- Ethereum (EIP-55) */

static gboolean
ethereum(const char *s, size_t n, struct wallet *w)
{
	size_t i, upper = 0, lower = 0;
	guchar sum[32];
	char low[40];

	if (n != 42 || s[0] != '0' || s[1] != 'x')
		return FALSE;
	for (i = 0; i < 40; i++) {
		if (!g_ascii_isxdigit(s[i + 2]))
			return FALSE;
		upper += g_ascii_isupper(s[i + 2]) != 0;
		lower += g_ascii_islower(s[i + 2]) != 0;
		low[i] = g_ascii_tolower(s[i + 2]);
	}
	if (upper == 0 || lower == 0) {
		*w = (struct wallet){ "ETH", "none: in one case" };
		return upper + lower > 0;
	}
	keccak256(sum, low, sizeof(low));
	for (i = 0; i < 40; i++) {
		unsigned digit = i % 2 == 0 ? sum[i / 2] >> 4 : sum[i / 2] & 15;

		if (g_ascii_isalpha(s[i + 2]) &&
		    (digit >= 8) != (g_ascii_isupper(s[i + 2]) != 0))
			return FALSE;
	}
	*w = (struct wallet){ "ETH", "EIP-55" };
	return TRUE;
}

/* ---- all */

/* Nobody's, or everybody's: the first block, burning, contracts of tokens. */
static const char *const nobody[] = {
	"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
	"1BitcoinEaterAddressDontSendf59kuE",
	"1CounterpartyXXXXXXXXXXXXXXXUWLpVr",
	"1111111111111111111114oLvT2",
	"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
	"0x000000000000000000000000000000000000dead",
	"0xdac17f958d2ee523a2206206994597c13d831ec7",
	"0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48",
	"0x6b175474e89094c44da98b954eedeac495271d0f",
	"0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2",
	"0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
	"0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
	"TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
	"T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb",
};

static gboolean
is_nobody(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(nobody); i++)
		if (strlen(nobody[i]) == n && (s[0] == '0' ?
		    g_ascii_strncasecmp(s, nobody[i], n) :
		    strncmp(s, nobody[i], n)) == 0)
			return TRUE;
	return FALSE;
}

gboolean
wallet_read(const char *s, size_t n, gboolean solana, struct wallet *w)
{
	if (n < WALLET_LEAST || n > WALLET_MOST || is_nobody(s, n))
		return FALSE;
	return base58check(s, n, w) || segwit_any_case(s, n, w) ||
	    ethereum(s, n, w) || monero(s, n, w) ||
	    (solana && solana_key(s, n, w));
}
