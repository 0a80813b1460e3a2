package data

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"math"
	"slices"

	"consign/data/engine"
	"consign/model"
)

// FirstIDs are the first n ids that IDs finds, and the number of all that it finds, in a small part of its time. It returns none where only
// IDs itself could tell: for a search, for several keys, for fewer devices than n, where no counters tell the number, and where the devices
// with which the register begins in that order are hardly among them. Safe on any goroutine.
func (d Devices) FirstIDs(ctx context.Context, q model.DeviceQuery, n int) (ids []int64, of int, err error) {
	if q.Search != "" || q.Status == model.MPTSError || q.Status == model.Exchanging || !countersTell(q) {
		return nil, 0, nil
	}
	err = d.desk.reading(ctx, func(c *reader) error {
		if ids, err = c.firstDevices(q, n); err != nil || len(ids) < n {
			ids = nil
			return err
		}
		ids = ids[:n]
		of, err = d.count(c, q)
		return err
	})
	return ids, of, err
}

// firstDevices are the first n ids of the query, which has no search; too few where they are not found soon.
func (c *reader) firstDevices(q model.DeviceQuery, n int) ([]int64, error) {
	sources, keys := withoutFailed(q, deviceSources(q)), deviceKeys(q)
	switch {
	case len(keys) == 0:
		return c.atTheEnd(sources, 10*n, newestFirst(q))
	case len(keys) > 1 || len(sources) == 0:
		return nil, nil
	}
	key := keys[0](sources[0])
	switch {
	case key.kind == byIdentifier:
		return c.firstByIdentifier(sources, key, n)
	case q.Sort[0].Column == model.ByStatus:
		return c.firstByStatus(q, key.descending, n)
	case len(sources) == 1:
		return c.firstByGroup(q, sources[0], keys[0], n)
	}
	return nil, nil
}

// atTheEnd looks for the first devices of the sources among the n first or newest living ones of all. At the new end uploads that were
// undone may have left many that live no more, so that no more than a part of them is looked at.
func (c *reader) atTheEnd(sources []deviceSource, n int, newest bool) ([]int64, error) {
	end := query{"SELECT id FROM devices WHERE deleted IS NULL ORDER BY id LIMIT ?", []any{n}}
	if newest {
		end = query{"SELECT id FROM devices WHERE id > (SELECT coalesce(max(id), 0) - ? FROM devices) AND deleted IS NULL " +
			"ORDER BY id DESC LIMIT ?", []any{10 * n, n}}
	}
	ids, err := c.deviceIDs(among(sources, end), nil)
	if newest {
		slices.Reverse(ids)
	}
	return ids, err
}

// firstByIdentifier looks for the first devices of the sources among those with the first identifiers of all.
func (c *reader) firstByIdentifier(sources []deviceSource, key sortKey, n int) (ids []int64, err error) {
	err = c.each(walk(key.identifier, key.descending)+" LIMIT ?", []any{10 * n}, func(s *statement) error {
		ids = append(ids, s.int(0))
		return nil
	})
	if err != nil {
		return nil, err
	}
	seen, err := c.foundBy(selecting(among(sources, listed(ids)), "d.id"), everyRow)
	return slices.DeleteFunc(ids, func(id int64) bool { return !seen.has(id) }), err
}

// firstByStatus are devices that wait and, turned round, those that failed or are being exchanged and then those that are verified: all of
// one status stand in the order of their ids.
func (c *reader) firstByStatus(q model.DeviceQuery, descending bool, n int) (ids []int64, err error) {
	q.Sort, q.OldestFirst = nil, true
	if descending && q.Status == "" {
		for _, status := range []model.DeviceStatus{model.MPTSError, model.Exchanging} {
			q.Status = status
			found, err := c.deviceIDs(deviceSources(q), nil)
			if err != nil {
				return nil, err
			}
			ids = append(ids, found...)
		}
		slices.Sort(ids)
		ids, q.Status = slices.Compact(ids), ""
	}
	first := model.PendingDevice
	if descending || q.View.Portal == model.MSPPortal { // which sees what is approved
		first = model.VerifiedDevice
	}
	if q.Status != "" && q.Status != first || len(ids) >= n {
		return ids, nil
	}
	q.Status = first
	rest, err := c.firstDevices(q, n-len(ids))
	return append(ids, rest...), err
}

// peers are devices of one rank, which stand in the order of their ids: those of some uploads, or with a model or an order number.
type peers struct {
	ids   []int64  // of uploads
	texts []string // models or order numbers
	count int      // of the devices; some of them may be none of the query's
}

// firstByGroup takes the groups of the source's devices in the order of the key until there are n devices.
func (c *reader) firstByGroup(q model.DeviceQuery, s deviceSource, key deviceKey, n int) ([]int64, error) {
	order := key(s)
	groups, err := c.groupsOf(q, s, &order)
	if err != nil {
		return nil, err
	}
	var before peers // the last one that is needed
	last := 0
	for ; last < len(groups) && before.count+groups[last].count < n; last++ {
		before.ids, before.texts = append(before.ids, groups[last].ids...), append(before.texts, groups[last].texts...)
		before.count += groups[last].count
	}
	var first []int64
	if before.count > 0 {
		if first, err = c.deviceIDs(order.narrowed(s, before), nil); err != nil {
			return nil, err
		}
		ranked := func(s deviceSource) sortKey {
			k := key(s)
			k.ranks = order.ranks
			return k
		}
		if first, err = c.deviceIDs(among([]deviceSource{s}, listed(first)), []deviceKey{ranked}); err != nil {
			return nil, err
		}
	}
	if last == len(groups) {
		return first, nil
	}
	rest, err := c.firstOfGroup(order.narrowed(s, groups[last]), groups[last], n-len(first))
	return append(first, rest...), err
}

// firstOfGroup are the first devices of a rank by their ids, too few where that takes long.
func (c *reader) firstOfGroup(narrowed []deviceSource, g peers, n int) ([]int64, error) {
	ids, err := c.atTheEnd(narrowed, 10*n, false)
	if err == nil && len(ids) < n && g.count <= fewIDs {
		first := selecting(narrowed, "d.id")[0]
		ids = nil
		err = c.each(first.sql+" ORDER BY d.id LIMIT ?", append(first.args, n), func(s *statement) error {
			ids = append(ids, s.int(0))
			return nil
		})
	}
	return ids[:min(n, len(ids))], err
}

// groupsOf are the groups of the source's devices in the order of the key, whose ranks are read for good; none where the uploads do not
// tell them.
func (c *reader) groupsOf(q model.DeviceQuery, s deviceSource, order *sortKey) ([]peers, error) {
	uploads := viewed(q)[0]
	uploads.uploadConditions(q)
	uploads.and(s.counted() + ".devices > 0")
	from := " FROM uploads " + s.counted() + " NOT INDEXED"
	switch {
	case order.lot != "":
		asked, lot := ofLot(q, "n"), "n."+order.lot
		uploads.parts, uploads.args = append(uploads.parts, asked.parts...), append(uploads.args, asked.args...)
		return c.lotGroups("SELECT "+lot+", sum(n.devices)"+from+" CROSS JOIN upload_models n ON n.upload_id = "+s.counted()+".id"+
			uploads.where()+" GROUP BY "+lot, uploads.args, order.descending)
	case order.expr == s.counted()+".id":
		return c.uploadGroups("SELECT "+s.counted()+".id, "+s.counted()+".devices"+from+uploads.where(), uploads.args, order)
	case order.expr == movedTo: // first those at a customer
		return c.uploadGroups("SELECT id, devices FROM uploads WHERE msp_id = ? AND devices > 0", []any{q.View.Account}, order)
	}
	return nil, nil
}

// lotGroups are the groups of the texts that the query finds with their counts; the empty one is the last.
func (c *reader) lotGroups(find string, args []any, descending bool) (groups []peers, err error) {
	err = c.each(find, args, func(s *statement) error {
		groups = append(groups, peers{texts: []string{s.text(0)}, count: s.count(1)})
		return nil
	})
	direction := 1
	if descending {
		direction = -1
	}
	slices.SortFunc(groups, func(a, b peers) int {
		x, y := a.texts[0], b.texts[0]
		if x == "" || y == "" {
			return cmp.Compare(len(y), len(x))
		}
		return direction * cmp.Compare(x, y)
	})
	return groups, err
}

// uploadGroups are the groups of the uploads that the query finds with their counts: those of one rank together.
func (c *reader) uploadGroups(find string, args []any, order *sortKey) ([]peers, error) {
	ranks, err := order.ranks(c)
	if err != nil {
		return nil, err
	}
	order.ranks = func(*reader) (map[int64]int32, error) { return ranks, nil }
	byRank := map[int32]peers{}
	err = c.each(find, args, func(s *statement) error {
		rank, ranked := ranks[s.int(0)]
		switch {
		case !ranked:
			rank = math.MaxInt32 // empty ones are the last
		case order.descending:
			rank = -rank
		}
		g := byRank[rank]
		byRank[rank] = peers{ids: append(g.ids, s.int(0)), count: g.count + s.count(1)}
		return nil
	})
	groups := make([]peers, 0, len(byRank))
	for _, rank := range slices.Sorted(maps.Keys(byRank)) {
		groups = append(groups, byRank[rank])
	}
	return groups, err
}

// narrowed is the source with the devices of these alone.
func (k *sortKey) narrowed(s deviceSource, g peers) []deviceSource {
	s.parts, s.args = slices.Clip(s.parts), slices.Clip(s.args)
	if k.lot == "" {
		s.and(k.expr+" IN (SELECT value FROM json_each(?))", idList(g.ids))
		return []deviceSource{s}
	}
	list, _ := json.Marshal(g.texts) // texts always have a JSON form
	texts := string(list)
	s.and("EXISTS (SELECT 1 FROM upload_models n WHERE n.upload_id = "+s.counted()+".id AND n."+k.lot+" IN ("+engine.Texts+"))", texts)
	s.and("d."+k.lot+" IN ("+engine.Texts+")", texts)
	return []deviceSource{s}
}
