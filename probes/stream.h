#ifndef PROBES_STREAM_H
#define PROBES_STREAM_H

/*
 * One TCP connection through libcurl, for the protocols that it does not speak:
 * connect (straight or through the proxy, guarded as all), write what is to be
 * written, hand over what comes.  For whois_ask.c and dns_stream.c only.
 */

#include "probes/ask.h"

struct stream {
	GBytes			*out;
	gsize			 written;
	struct curl_slist	*connect;
	curl_socket_t		 fd;
};

struct stream_calls {
	/* Bytes that came; len 0: the other side has ended. */
	void	(*bytes)(struct job *, const void *, size_t len);
};

/* 0, or -1. */
int	stream_open(struct job *, struct stream *, const void *out, size_t len);
/* libcurl is done with connecting. */
void	stream_connected(struct job *, struct stream *, CURLcode);
void	stream_ready(struct job *, struct stream *,
	    const struct stream_calls *, short revents);
/* No longer watched, and over. */
void	stream_end(struct job *, enum xstatus, const char *detail);
void	stream_clear(struct job *, struct stream *);

#endif
