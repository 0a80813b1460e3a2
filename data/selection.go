package data

import (
	"context"
	"strings"

	"consign/model"
)

// selected is the query that finds columns of the selected devices, d.id among them, as the viewer sees them now. Nothing is listed: an act
// on a million devices is a few statements. count counts the rows of a query where it is to be read.
func selected(sel model.DeviceSelection, count func(query) (int, error), columns ...string) (query, error) {
	if !sel.All {
		return union(selecting(among(viewed(model.DeviceQuery{View: sel.Query.View}), listed(sel.IDs)), columns...)), nil
	}
	sources := withoutFailed(sel.Query, deviceSources(sel.Query))
	if sel.Query.Search != "" {
		var err error
		if sources, err = searched(sources, needle(sel.Query.Search), count); err != nil {
			return query{}, err
		}
	}
	rows := union(selecting(sources, columns...))
	if len(sel.IDs) > 0 {
		rows = query{"SELECT * FROM (" + rows.sql + ") x WHERE id NOT IN (SELECT value FROM json_each(?))", append(rows.args, idList(sel.IDs))}
	}
	return rows, nil
}

// selected is the query of the selected devices at the time of the act.
func (a *act) selected(sel model.DeviceSelection, columns ...string) (query, error) {
	return selected(sel, func(q query) (n int, err error) {
		err = a.tx.Raw("SELECT count(*) FROM ("+q.sql+") x", q.args...).Scan(&n).Error
		return n, err
	}, columns...)
}

// CountElsewhere is how many of the devices that an MSP selected are at another customer than the one given (domain §4).
func (d Devices) CountElsewhere(ctx context.Context, sel model.DeviceSelection, customerID int64) (n int, err error) {
	err = d.desk.reading(ctx, func(c *reader) error {
		ids, err := selected(sel, func(q query) (int, error) { return c.number("SELECT count(*) FROM ("+q.sql+") x", q.args...) },
			"d.id")
		if err != nil {
			return err
		}
		const elsewhere = "SELECT count(*) FROM devices d CROSS JOIN uploads m ON m.id = d.moved_id WHERE m.target_id <> ? AND d.id IN ("
		n, err = c.number(elsewhere+ids.sql+")", append([]any{customerID}, ids.args...)...)
		return err
	})
	return n, err
}

// searched narrows the sources as the page's search does: to the device with the whole identifier, else to those with a part of it.
func searched(sources []deviceSource, needle string, count func(query) (int, error)) ([]deviceSource, error) {
	exact := among(sources, whole(needle))
	if found, err := count(union(selecting(exact, "d.id"))); err != nil || found > 0 {
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
