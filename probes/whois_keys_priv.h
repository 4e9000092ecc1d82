#ifndef PROBES_WHOIS_KEYS_PRIV_H
#define PROBES_WHOIS_KEYS_PRIV_H

/* What the table of layouts and that of their keys share. */

#include "probes/whois.h"

#define OWN(name)	whois_keys_##name

extern const struct whois_key_row OWN(auda)[], OWN(uk)[], OWN(janet)[],
    OWN(educause)[], OWN(it)[], OWN(be)[], OWN(eu)[], OWN(ch)[], OWN(pl)[],
    OWN(ee)[], OWN(guernsey)[], OWN(fi)[], OWN(dk)[], OWN(kz)[], OWN(norid)[],
    OWN(tr)[], OWN(tw)[], OWN(sa2012)[], OWN(nc)[], OWN(kg)[], OWN(lv)[],
    OWN(md)[], OWN(hk)[], OWN(ca)[], OWN(mx)[], OWN(kr)[], OWN(th)[],
    OWN(by)[], OWN(lt)[], OWN(lu)[], OWN(nz)[], OWN(coza)[], OWN(icb)[],
    OWN(bg)[], OWN(my)[], OWN(ug)[], OWN(monic)[], OWN(pf)[], OWN(tn)[],
    OWN(vu)[], OWN(st)[], OWN(sm)[], OWN(cocca)[], OWN(swhoisd)[], OWN(ci)[],
    OWN(dz)[], OWN(ai)[], OWN(ksys)[], OWN(im)[], OWN(pt)[], OWN(pt2025)[],
    OWN(ace)[], OWN(spanish)[], OWN(jprs)[], OWN(denic)[], OWN(nicat)[],
    OWN(afnic)[], OWN(br)[], OWN(ir)[], OWN(il)[], OWN(tci)[], OWN(iedr)[],
    OWN(cz)[], OWN(iis)[], OWN(isnic)[], OWN(sk)[], OWN(sk2017)[],
    OWN(tonic)[], OWN(active24)[], OWN(internetbs)[], OWN(inwx)[],
    OWN(galcomm)[], OWN(melbourneit)[], OWN(rrpproxy)[], OWN(ws)[],
    OWN(sections)[], OWN(generic)[], OWN(none)[];

#endif
