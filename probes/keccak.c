#include "probes/keccak.h"

#include <stdint.h>
#include <string.h>

#define RATE	136u		/* bytes: 1600 bits less twice 256 */
#define ROUNDS	24

/* FIPS 202 section 3.2: theta, rho and pi, chi, iota. */

static const uint64_t round_constants[ROUNDS] = {
	0x0000000000000001, 0x0000000000008082, 0x800000000000808a,
	0x8000000080008000, 0x000000000000808b, 0x0000000080000001,
	0x8000000080008081, 0x8000000000008009, 0x000000000000008a,
	0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
	0x000000008000808b, 0x800000000000008b, 0x8000000000008089,
	0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
	0x000000000000800a, 0x800000008000000a, 0x8000000080008081,
	0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
};

static const unsigned char rotations[ROUNDS] = {
	1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62,
	18, 39, 61, 20, 44,
};

static const unsigned char lanes[ROUNDS] = {
	10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20,
	14, 22, 9, 6, 1,
};

static uint64_t
rotate(uint64_t v, unsigned n)
{
	return v << n | v >> (64 - n);
}

static void
theta(uint64_t s[25])
{
	uint64_t c[5], d;
	unsigned x, y;

	for (x = 0; x < 5; x++)
		c[x] = s[x] ^ s[x + 5] ^ s[x + 10] ^ s[x + 15] ^ s[x + 20];
	for (x = 0; x < 5; x++) {
		d = c[(x + 4) % 5] ^ rotate(c[(x + 1) % 5], 1);
		for (y = 0; y < 25; y += 5)
			s[y + x] ^= d;
	}
}

static void
permute(uint64_t s[25])
{
	uint64_t row[5], carry, next;
	unsigned r, i, y;

	for (r = 0; r < ROUNDS; r++) {
		theta(s);
		carry = s[1];
		for (i = 0; i < ROUNDS; i++) {
			next = s[lanes[i]];
			s[lanes[i]] = rotate(carry, rotations[i]);
			carry = next;
		}
		for (y = 0; y < 25; y += 5) {
			memcpy(row, s + y, sizeof(row));
			for (i = 0; i < 5; i++)
				s[y + i] ^= ~row[(i + 1) % 5] & row[(i + 2) % 5];
		}
		s[0] ^= round_constants[r];
	}
}

static void
absorb(uint64_t s[25], const unsigned char block[RATE])
{
	unsigned i;

	for (i = 0; i < RATE; i++)
		s[i / 8] ^= (uint64_t)block[i] << 8 * (i % 8);
	permute(s);
}

void
keccak256(unsigned char out[32], const void *bytes, size_t len)
{
	const unsigned char *p = bytes;
	unsigned char last[RATE] = { 0 };
	uint64_t s[25] = { 0 };
	unsigned i;

	for (; len >= RATE; len -= RATE, p += RATE)
		absorb(s, p);
	if (len > 0)
		memcpy(last, p, len);
	last[len] = 1;
	last[RATE - 1] |= 0x80;
	absorb(s, last);
	for (i = 0; i < 32; i++)
		out[i] = (unsigned char)(s[i / 8] >> 8 * (i % 8));
}
