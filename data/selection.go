package data

import (
	"strings"

	"consign/model"
)

// selected is the query that finds the ids of the selected devices, as the viewer sees them at the time of the act.
// Nothing is listed: an act on a million devices is a few statements.
func (a *act) selected(sel model.DeviceSelection) (query, error) {
	if !sel.All {
		return union(selecting(among(viewed(model.DeviceQuery{View: sel.Query.View}), listed(sel.IDs)), "d.id")), nil
	}
	sources := withoutFailed(sel.Query, deviceSources(sel.Query))
	if sel.Query.Search != "" {
		var err error
		if sources, err = a.searched(sources, needle(sel.Query.Search)); err != nil {
			return query{}, err
		}
	}
	ids := union(selecting(sources, "d.id"))
	if len(sel.IDs) > 0 {
		ids = query{"SELECT id FROM (" + ids.sql + ") WHERE id NOT IN (SELECT value FROM json_each(?))", append(ids.args, idList(sel.IDs))}
	}
	return ids, nil
}

// searched narrows the sources as the page's search does: to the device with the whole identifier, else to those with a part of it.
func (a *act) searched(sources []deviceSource, needle string) ([]deviceSource, error) {
	exact := among(sources, whole(needle))
	ids := union(selecting(exact, "d.id"))
	var found int
	if err := a.tx.Raw("SELECT count(*) FROM ("+ids.sql+")", ids.args...).Scan(&found).Error; err != nil || found > 0 {
		return exact, err
	}
	var parts []string
	var args []any
	for _, column := range identifierColumns {
		parts = append(parts, "instr(d."+column+", ?) > 0")
		args = append(args, needle)
	}
	for i := range sources {
		sources[i].and("(? <> '' AND ("+strings.Join(parts, " OR ")+"))", append([]any{needle}, args...)...)
	}
	return sources, nil
}
