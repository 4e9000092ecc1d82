/* ns.compared: parent and zone. */

#include <string.h>

#include "probes/join_priv.h"

void
join_name_servers(struct join *j)
{
	json_t *parent = json_array(), *child = json_array();
	struct fact *f = fact_new(FACT_NS_COMPARED, j->registrable, NULL);

	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *g = j->facts->pdata[i];
		gboolean up = join_is(g, FACT_DNS_REFERRAL, j->registrable);

		if (!up && !join_is(g, FACT_DNS_NS, j->registrable))
			continue;
		join_array_add(up ? parent : child, fact_str(g, "ns"));
		join_rests_on(f, g);
	}
	if (json_array_size(parent) > 0 && json_array_size(child) > 0) {
		f->type = DERIVED;
		g_free(f->reader);
		f->reader = g_strdup(JOIN_VERSION);
		json_object_set_new(f->value, "agree",
		    json_boolean(join_array_same(parent, child)));
		json_object_set(f->value, "parent", parent);
		json_object_set(f->value, "child", child);
		g_ptr_array_add(j->out, f);
	} else
		fact_free(f);
	json_decref(parent);
	json_decref(child);
}
