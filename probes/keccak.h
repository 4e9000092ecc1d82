#ifndef PROBES_KECCAK_H
#define PROBES_KECCAK_H

/*
 * Keccak-256 with the padding of the original submission (first bit 1), as
 * Ethereum and Monero use it: FIPS 202's SHA3-256 pads otherwise and gives other
 * values.  OpenSSL has it from 3.2 only.
 */

#include <stddef.h>

void	keccak256(unsigned char out[32], const void *, size_t len);

#endif
