% The WHOIS query quota for this address has been exceeded
