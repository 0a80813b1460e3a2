package data

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"consign/model"
)

// IDs are the ids of the devices that the query finds, in its order: by its keys, then by id. Empty values come
// last in both directions. Without keys the newest come first. A search for a whole identifier finds that device alone.
func (d Devices) IDs(ctx context.Context, q model.DeviceQuery) (ids []int64, err error) {
	err = d.desk.reading(ctx, func(c *reader) error {
		ids, err = d.ids(c, q)
		return err
	})
	return ids, err
}

func (d Devices) ids(c *reader, q model.DeviceQuery) ([]int64, error) {
	ids, err := d.foundIDs(c, q)
	ids = turned(q, ids)
	if err != nil || !dropsFailed(q) {
		return ids, err
	}
	others, err := c.foundBy(unsettled, everyRow)
	return slices.DeleteFunc(ids, others.has), err
}

// newestFirst tells whether the query's devices come in the order of their ids downwards.
func newestFirst(q model.DeviceQuery) bool { return !q.OldestFirst && len(deviceKeys(q)) == 0 }

// turned has ids that come upwards in the order of the query; ids in an order by keys stay.
func turned(q model.DeviceQuery, ids []int64) []int64 {
	if newestFirst(q) {
		slices.Reverse(ids)
	}
	return ids
}

// unsettled finds the devices that are neither Pending nor Verified.
var unsettled = []query{{sql: failedDevices}, {sql: exchangingDevices}}

// foundIDs are ids with those that failed or are being exchanged among them.
func (d Devices) foundIDs(c *reader, q model.DeviceQuery) ([]int64, error) {
	sources, keys := deviceSources(q), deviceKeys(q)
	if q.Search == "" {
		return c.deviceIDs(sources, keys)
	}
	needle := needle(q.Search)
	ids, err := c.deviceIDs(among(sources, whole(needle)), keys)
	if err != nil || len(ids) > 0 {
		return ids, err
	}
	held, err := d.desk.identifiers.holding(c, needle)
	if err != nil {
		return nil, err
	}
	if len(held) <= fewIDs {
		return c.deviceIDs(among(sources, listed(held)), keys)
	}
	ids, err = d.desk.searched.ids(c, q, func() ([]int64, error) { return c.deviceIDs(sources, keys) })
	return present(ids, held), err
}

// fewIDs is how many devices are looked up by id rather than by a scan of all.
const fewIDs = 50_000

func (c *reader) deviceIDs(sources []deviceSource, keys []deviceKey) ([]int64, error) {
	queries := make([]query, 0, len(sources))
	order := make([]sortKey, len(keys))
	for _, s := range sources {
		columns := []string{"d.id"}
		for i, key := range keys {
			order[i] = key(s)
			columns = append(columns, order[i].expr)
			if order[i].lot != "" && !s.lots {
				s.lots = true
				s.and("l.upload_id = " + s.counted() + ".id")
			}
		}
		queries = append(queries, selecting([]deviceSource{s}, columns...)...)
	}
	return c.orderedIDs(queries, order)
}

// deviceKey is a key of the order of devices, as it reads in a source.
type deviceKey func(deviceSource) sortKey

func deviceKeys(q model.DeviceQuery) []deviceKey {
	var keys []deviceKey
	for _, sort := range q.Sort {
		if key, known := deviceColumns[sort.Column]; known {
			keys = append(keys, func(s deviceSource) sortKey {
				k := key(s, q.View.Portal)
				k.descending = sort.Descending
				return k
			})
		}
	}
	return keys
}

// deviceColumns says how each column of a Devices page is ordered. What belongs to the upload is ranked once per upload.
var deviceColumns = map[string]func(s deviceSource, portal model.Portal) sortKey{
	model.ByIMEI:        identifierKey("imei1"),
	model.ByIMEI2:       identifierKey("imei2"),
	model.ByMEID:        identifierKey("meid"),
	model.BySerial:      identifierKey("serial"),
	model.ByModel:       lotKey("model"),
	model.ByOrderNumber: lotKey("order_number"),
	model.ByStatus: func(s deviceSource, _ model.Portal) sortKey {
		return sortKey{expr: s.seen + ".approved_at IS NOT NULL", kind: byNumber, after: failedDevices + " UNION ALL " + exchangingDevices}
	},
	model.ByUploaded: uploadKey("SELECT id, uploaded_at FROM uploads", byNumber),
	model.ByUpload:   uploadKey("SELECT id, uuid FROM uploads", byText),
	model.ByTags:     uploadKey("SELECT id, nullif(tags, '[]') FROM uploads", byName),
	model.ByReseller: uploadKey("SELECT u.id, a.company_name FROM uploads u JOIN accounts a ON a.id = u.reseller_id", byName),
	model.ByCustomer: func(s deviceSource, portal model.Portal) sortKey {
		key := uploadKey("SELECT u.id, a.company_name FROM uploads u JOIN accounts a ON a.id = u.target_id", byName)(s, portal)
		if portal == model.MSPPortal {
			key.expr = movedTo
		}
		return key
	},
}

func init() {
	for _, text := range deviceTexts {
		if _, known := deviceColumns[text.by]; !known { // of no lot
			deviceColumns[text.by] = func(deviceSource, model.Portal) sortKey { return sortKey{expr: "d." + text.column, kind: byText} }
		}
	}
}

// movedTo is the upload that moved a device, which tells the customer at whom an MSP has it.
const movedTo = "d.moved_id"

// lotKey orders devices by a column that most uploads have but one value of: the others' devices are looked at.
func lotKey(column string) func(deviceSource, model.Portal) sortKey {
	return func(s deviceSource, _ model.Portal) sortKey {
		if s.chosen.sql != "" {
			return sortKey{expr: "d." + column, kind: byText}
		}
		return sortKey{expr: "coalesce(l." + column + ", d." + column + ")", kind: byText, lot: column}
	}
}

func identifierKey(column string) func(deviceSource, model.Portal) sortKey {
	return func(deviceSource, model.Portal) sortKey {
		return sortKey{expr: "0", kind: byIdentifier, identifier: column}
	}
}

// uploadKey orders devices by what the query finds for the upload under which they are seen.
func uploadKey(find string, kind keyKind) func(deviceSource, model.Portal) sortKey {
	ranks := func(c *reader) (map[int64]int32, error) { return c.ranksByID(find, kind) }
	return func(s deviceSource, _ model.Portal) sortKey {
		return sortKey{expr: s.seen + ".id", kind: byRank, ranks: ranks}
	}
}

// ranksByID ranks the ids that the query finds by the value beside them; ids with an empty value have no rank.
func (c *reader) ranksByID(find string, kind keyKind) (map[int64]int32, error) {
	var ids []int64
	column := ranking{sortKey: sortKey{kind: kind}, texts: map[string]int32{}, numbers: map[int64]int32{}}
	err := c.each(find, nil, func(s *statement) error {
		ids = append(ids, s.int(0))
		column.add(s, 1)
		return nil
	})
	if err != nil {
		return nil, err
	}
	ranks, _, err := column.ranks(c, ids)
	byID := make(map[int64]int32, len(ids))
	for i, id := range ids {
		if ranks[i] != emptyRank {
			byID[id] = ranks[i]
		}
	}
	return byID, err
}

// Count is how many devices the query finds. Where the uploads' counters tell, no device is looked at.
func (d Devices) Count(ctx context.Context, q model.DeviceQuery) (n int, err error) {
	err = d.desk.reading(ctx, func(c *reader) error {
		n, err = d.count(c, q)
		return err
	})
	return n, err
}

func (d Devices) count(c *reader, q model.DeviceQuery) (int, error) {
	if q.Search != "" {
		q.Sort = nil
		ids, err := d.ids(c, q)
		return len(ids), err
	}
	total := 0
	for _, count := range countingDevices(q) {
		n, err := c.number(count.sql, count.args...)
		if err != nil {
			return 0, err
		}
		total += n
	}
	return total, nil
}

// CountSelection is how many devices are selected: those among the ids that the viewer still sees, or all of the query but these.
func (d Devices) CountSelection(ctx context.Context, selection model.DeviceSelection) (n int, err error) {
	err = d.desk.reading(ctx, func(c *reader) error {
		if selection.All && len(selection.IDs) == 0 {
			n, err = d.count(c, selection.Query)
			return err
		}
		ids, err := d.selectedIDs(c, selection)
		n = len(ids)
		return err
	})
	return n, err
}

// selectedBatches are selectedIDs, some at a time. Those of all in the order of their ids or of an identifier are never a list.
func (d Devices) selectedBatches(c *reader, selection model.DeviceSelection) (iter.Seq2[[]int64, error], error) {
	q, sources := selection.Query, deviceSources(selection.Query)
	keys := deviceKeys(q)
	streams := len(keys) == 0 || len(keys) == 1 && keys[0](sources[0]).kind == byIdentifier
	if !selection.All || q.Search != "" || !streams {
		ids, err := d.selectedIDs(c, selection)
		return withoutError(slices.Chunk(ids, devicesAtOnce)), err
	}
	found, err := c.foundBy(selecting(sources, "d.id"), everyRow)
	if err != nil {
		return nil, err
	}
	if dropsFailed(q) {
		others, err := c.foundBy(unsettled, everyRow)
		if err != nil {
			return nil, err
		}
		found.removeAll(others)
	}
	for _, id := range selection.IDs {
		found.remove(id)
	}
	switch {
	case newestFirst(q):
		return withoutError(found.descending(ascendingAtOnce)), nil
	case len(keys) == 0:
		return withoutError(found.batches(ascendingAtOnce)), nil
	}
	return c.walkedBatches(keys[0](sources[0]), found), nil
}

func withoutError(batches iter.Seq[[]int64]) iter.Seq2[[]int64, error] {
	return func(yield func([]int64, error) bool) {
		for batch := range batches {
			if !yield(batch, nil) {
				return
			}
		}
	}
}

// selectedIDs are the ids of the selected devices in the order of the query.
func (d Devices) selectedIDs(c *reader, selection model.DeviceSelection) ([]int64, error) {
	if !selection.All {
		q := model.DeviceQuery{View: selection.Query.View, Sort: selection.Query.Sort, OldestFirst: selection.Query.OldestFirst}
		ids, err := c.deviceIDs(among(viewed(q), listed(selection.IDs)), deviceKeys(q))
		return turned(q, ids), err
	}
	ids, err := d.ids(c, selection.Query)
	if len(selection.IDs) > 0 {
		but := slices.Sorted(slices.Values(selection.IDs))
		ids = slices.DeleteFunc(ids, func(id int64) bool {
			_, excepted := slices.BinarySearch(but, id)
			return excepted
		})
	}
	return ids, err
}

// Models are the models of the devices that the viewer sees, to choose from when it narrows a Devices page.
func (d Devices) Models(ctx context.Context, view model.View) ([]string, error) {
	return d.options(ctx, view, func(upload string) (column, join string) {
		return "n.model", " CROSS JOIN upload_models n ON n.upload_id = " + upload + ".id AND n.devices > 0"
	})
}

// Tags are the tags of the uploads of the devices that the viewer sees.
func (d Devices) Tags(ctx context.Context, view model.View) ([]string, error) {
	return d.options(ctx, view, func(upload string) (column, join string) {
		return "t.value", fmt.Sprintf(" CROSS JOIN json_each(%s.tags) t", upload)
	})
}

// Orders are the order numbers of the devices that the viewer sees.
func (d Devices) Orders(ctx context.Context, view model.View) ([]string, error) {
	return d.options(ctx, view, func(upload string) (column, join string) {
		return "n.order_number", " CROSS JOIN upload_models n ON n.upload_id = " + upload + ".id AND n.devices > 0"
	})
}

// options are the distinct texts in a column of what joins the uploads that have devices for the viewer, in the order of names.
func (d Devices) options(ctx context.Context, view model.View, from func(upload string) (column, join string)) (texts []string, err error) {
	err = d.desk.reading(ctx, func(c *reader) error {
		for _, s := range viewed(model.DeviceQuery{View: view}) {
			upload := s.counted()
			column, join := from(upload)
			s.and(upload + ".devices > 0")
			err := c.each("SELECT DISTINCT "+column+" FROM uploads "+upload+" NOT INDEXED"+join+s.where(), s.args, func(row *statement) error {
				if text := row.text(0); text != "" {
					texts = append(texts, text)
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		texts = distinctNames(texts)
		return nil
	})
	return texts, err
}

func distinctNames(names []string) []string {
	sortNames(names)
	return slices.Compact(names)
}
