WHOIS LIMIT EXCEEDED - try again later
