package data

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"consign/model"
)

// This file is the one place that turns a model.DeviceQuery into SQL. What each party sees (domain §5) is said in sight.go.
//
// A query has one or two sources: devices by the upload they came in, and devices by the upload that moved them.
// In both, d is the device and u the reseller's upload; in the second m is the upload that moved it.

// deviceSource is one of the sources of a query, with its conditions.
type deviceSource struct {
	moved  bool   // by the upload that moved them
	seen   string // u or m: the upload under which the viewer sees the devices
	chosen query  // finds ids: the devices to look at, instead of all of the uploads
	lots   bool   // with l, the upload's model and order number: NULL if it has several
	conditions
}

// counted is the upload whose counters tell about the source's devices.
func (s *deviceSource) counted() string {
	if s.moved {
		return "m"
	}
	return "u"
}

func (s *deviceSource) from() string {
	switch {
	case s.chosen.sql != "" && s.moved:
		return "(" + s.chosen.sql + ") chosen" + chosenDevices + " CROSS JOIN uploads m ON m.id = d.moved_id"
	case s.chosen.sql != "":
		return "(" + s.chosen.sql + ") chosen" + chosenDevices
	case s.lots:
		return lotsOfUploads + s.byUpload()
	}
	return s.byUpload()
}

// byUpload goes through the source's uploads in the order of their ids.
func (s *deviceSource) byUpload() string {
	if s.moved {
		return devicesByMove
	}
	return devicesByUpload
}

// conditions are the parts of a WHERE clause.
type conditions struct {
	parts []string
	args  []any
}

func (c *conditions) and(part string, args ...any) {
	c.parts = append(c.parts, part)
	c.args = append(c.args, args...)
}

func (c *conditions) where() string {
	if len(c.parts) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(c.parts, " AND ")
}

// Uploads are gone through in the order of their ids, which is nearly that of the devices' ids: so the devices' rows are
// read one after the other, and the ids need no sorting.
const (
	devicesByUpload = `uploads u NOT INDEXED CROSS JOIN devices d INDEXED BY devices_upload ON d.upload_id = u.id AND d.deleted IS NULL`
	devicesByMove   = `uploads m NOT INDEXED CROSS JOIN devices d INDEXED BY devices_moved ON d.moved_id = m.id AND d.deleted IS NULL
		CROSS JOIN uploads u ON u.id = d.upload_id`
	lotsOfUploads = `(SELECT upload_id, CASE WHEN min(model) = max(model) THEN min(model) END AS model,
		CASE WHEN min(order_number) = max(order_number) THEN min(order_number) END AS order_number
		FROM upload_models GROUP BY upload_id) l CROSS JOIN `
	chosenDevices = ` CROSS JOIN devices d ON d.id = chosen.id AND d.deleted IS NULL CROSS JOIN uploads u ON u.id = d.upload_id`
)

// viewed returns the sources of all that the viewer sees (sights), narrowed to an upload and a customer.
func viewed(q model.DeviceQuery) []deviceSource {
	var sources []deviceSource
	for _, sight := range sights[q.View.Portal] {
		s := deviceSource{moved: sight.moved, seen: "u"}
		if sight.moved && !sight.forMoves {
			s.seen = "m"
		}
		s.and(sight.devices(s.counted()), q.View.Account)
		switch q.View.Portal {
		case model.ResellerPortal:
			if q.Customer != 0 {
				s.and("u.target_id = ?", q.Customer)
			}
		case model.MSPPortal:
			if !s.ofMSP(q) {
				continue
			}
		}
		switch {
		case q.Upload != 0 && sight.forMoves && q.Customer > 0:
			s.and("? IN (u.id, m.id)", q.Upload)
		case q.Upload != 0:
			s.and(s.counted()+".id = ?", q.Upload)
		}
		sources = append(sources, s)
	}
	return sources
}

// ofMSP narrows a source of an MSP to the query's customer, and reports whether the query needs the source. All that an MSP has came in
// uploads; its moves tell what is at a customer, and are uploads of which a page may show the devices.
func (s *deviceSource) ofMSP(q model.DeviceQuery) bool {
	if q.Customer <= 0 {
		return !s.moved || q.Upload != 0 && q.Customer != model.NoCustomer
	}
	s.and("m.target_id = ?", q.Customer)
	return s.moved
}

// deviceSources returns the sources of the query with all its conditions but the search and, for the statuses Pending
// and Verified, that the device has not failed: withoutFailed says it in SQL, and reading drops the few that failed.
func deviceSources(q model.DeviceQuery) []deviceSource {
	sources := viewed(q)
	for i := range sources {
		s := &sources[i]
		s.uploadConditions(q)
		switch q.Status {
		case model.PendingDevice:
			s.and(s.seen + ".approved_at IS NULL")
		case model.VerifiedDevice:
			s.and(s.seen + ".approved_at IS NOT NULL")
		case model.MPTSError:
			s.chosen = query{sql: failedDevices}
			s.and("d.failure IS NOT NULL")
		case model.Exchanging:
			s.chosen = query{sql: exchangingDevices}
		}
		if q.Customer == model.NoCustomer {
			s.and("u.moved < u.devices AND (u.moved = 0 OR d.moved_id IS NULL)")
		}
		s.lotConditions(q)
	}
	return sources
}

// lotConditions narrow the source to a model and an order number. Only the devices of uploads that have such are looked at.
func (s *deviceSource) lotConditions(q model.DeviceQuery) {
	ofUpload, ofDevice := ofLot(q, "n"), ofLot(q, "d")
	if len(ofDevice.parts) == 0 {
		return
	}
	ofUpload.and("n.upload_id = " + s.counted() + ".id")
	s.and("EXISTS (SELECT 1 FROM upload_models n"+ofUpload.where()+")", ofUpload.args...)
	s.and(strings.Join(ofDevice.parts, " AND "), ofDevice.args...)
}

// ofLot are the conditions that a row of upload_models or of devices has the query's model and order number.
func ofLot(q model.DeviceQuery, row string) (c conditions) {
	if q.Model != "" {
		c.and(row+".model = ?", modelName(q))
	}
	if q.OrderNumber != "" {
		c.and(row+".order_number = ?", q.OrderNumber)
	}
	return c
}

// modelName is the model of the query as the register keeps it.
func modelName(q model.DeviceQuery) string { return strings.TrimPrefix(q.Model, model.NoModel) }

// withoutFailed narrows the sources of a query for Pending or Verified devices to those that have not failed and are not being exchanged.
func withoutFailed(q model.DeviceQuery, sources []deviceSource) []deviceSource {
	for i := range sources {
		if s := &sources[i]; dropsFailed(q) { // the counter spares looking at the devices of most uploads
			s.and("(" + s.counted() + ".failed = 0 OR d.failure IS NULL)")
			s.and("d.id NOT IN (" + exchangingDevices + ")")
		}
	}
	return sources
}

func dropsFailed(q model.DeviceQuery) bool {
	return q.Status == model.PendingDevice || q.Status == model.VerifiedDevice
}

// failedDevices are the devices with an MPTS error: few, and found without looking at the others.
const failedDevices = "SELECT id FROM devices INDEXED BY devices_failed WHERE failure IS NOT NULL AND deleted IS NULL"

// uploadConditions are those that concern the uploads alone.
func (s *deviceSource) uploadConditions(q model.DeviceQuery) {
	if q.Reseller != 0 {
		s.and(s.counted()+".reseller_id = ?", q.Reseller)
	}
	if q.Tag != "" {
		s.and(tagged(s.seen), quoted(q.Tag), q.Tag)
	}
	if !q.From.IsZero() {
		s.and(s.seen+".uploaded_at >= ?", millis(q.From))
	}
	if !q.To.IsZero() {
		s.and(s.seen+".uploaded_at < ?", millis(q.To))
	}
}

// countersTell tells whether the counters of the uploads tell the number of devices of q, which has no search: unless q asks two things
// of a device together or, through a move, something of the reseller's upload.
func countersTell(q model.DeviceQuery) bool {
	narrowings := 0
	for _, narrows := range [...]bool{q.Model != "" || q.OrderNumber != "", q.Status != "", q.Customer == model.NoCustomer} {
		if narrows {
			narrowings++
		}
	}
	if q.Status == model.Exchanging {
		return false
	}
	throughMove := q.View.Portal == model.MSPPortal && (q.Customer > 0 || q.Upload != 0)
	ofUpload := q.Tag != "" || !q.From.IsZero() || !q.To.IsZero() || q.Customer > 0 && q.Upload != 0
	return narrowings <= 1 && !(throughMove && ofUpload)
}

// countingDevices returns queries whose sum is the number of devices of q, which has no search.
func countingDevices(q model.DeviceQuery) []query {
	if !countersTell(q) {
		return selecting(withoutFailed(q, deviceSources(q)), "count(*)")
	}
	var queries []query
	for _, s := range viewed(q) {
		s.uploadConditions(q)
		queries = append(queries, s.counting(q))
	}
	if dropsFailed(q) { // the counters do not know of exchanges
		queries = append(queries, selecting(among(deviceSources(q), query{sql: exchangingDevices}), "-count(*)")...)
	}
	return queries
}

// counting sums the counters of the source's uploads.
func (s *deviceSource) counting(q model.DeviceQuery) query {
	counted := s.counted()
	from, sum := "uploads "+counted, counted+".devices"
	approved := counted + ".approved_at IS NOT NULL"
	if q.View.Portal == model.MSPPortal {
		approved = "TRUE" // an MSP sees no others
	}
	switch {
	case q.Model != "" || q.OrderNumber != "":
		from += " CROSS JOIN upload_models n ON n.upload_id = " + counted + ".id"
		sum = "n.devices"
		lot := ofLot(q, "n")
		s.and(strings.Join(lot.parts, " AND "), lot.args...)
	case q.Customer == model.NoCustomer:
		sum = "u.devices - u.moved"
	case q.Status == model.MPTSError:
		sum = counted + ".failed"
	case q.Status == model.VerifiedDevice:
		sum = counted + ".devices - " + counted + ".failed"
		s.and(approved)
	case q.Status == model.PendingDevice:
		sum = counted + ".devices - " + counted + ".failed"
		s.and("NOT (" + approved + ")")
	}
	return query{"SELECT sum(" + sum + ") FROM " + from + s.where(), s.args}
}

// tagged is the condition that an upload has a tag; its arguments are the tag as it stands in the list, which spares
// most uploads the reading of the list, and the tag.
func tagged(upload string) string {
	return fmt.Sprintf("instr(%[1]s.tags, ?) > 0 AND EXISTS (SELECT 1 FROM json_each(%[1]s.tags) WHERE value = ?)", upload)
}

// quoted is a text as a list of tags has it.
func quoted(text string) string {
	quoted, _ := json.Marshal(text) // a string always has a JSON form
	return string(quoted)
}

// among returns the sources narrowed to the devices whose ids chosen finds, which are read by id.
func among(sources []deviceSource, chosen query) []deviceSource {
	narrowed := make([]deviceSource, len(sources))
	for i, s := range sources {
		s.chosen = chosen
		narrowed[i] = s
	}
	return narrowed
}

// listed finds the ids of a list, each once, and in their order: what is written of them then grows at its end, which is faster.
func listed(ids []int64) query {
	return query{"SELECT DISTINCT value AS id FROM json_each(?)", []any{idList(slices.Sorted(slices.Values(ids)))}}
}

// selecting returns one query per source that finds the columns.
func selecting(sources []deviceSource, columns ...string) []query {
	queries := make([]query, len(sources))
	for i, s := range sources {
		queries[i] = query{"SELECT " + strings.Join(columns, ", ") + " FROM " + s.from() + s.where(),
			append(s.chosen.args[:len(s.chosen.args):len(s.chosen.args)], s.args...)}
	}
	return queries
}

// union makes one query of several.
func union(queries []query) query {
	texts := make([]string, len(queries))
	var args []any
	for i, q := range queries {
		texts[i] = q.sql
		args = append(args, q.args...)
	}
	return query{strings.Join(texts, " UNION ALL "), args}
}

// identifierColumns are the columns of devices that name a device.
var identifierColumns = [...]string{"imei1", "imei2", "meid", "serial"}

// livingHolder is the condition that a device found by an identifier lives. That it is not freed says no more, but lets SQLite use the
// index.
const livingHolder = "freed IS NULL AND deleted IS NULL"

// whole finds the id of the living devices with exactly the identifier, through the four unique indexes.
func whole(identifier string) query {
	texts := make([]string, len(identifierColumns))
	args := make([]any, len(identifierColumns))
	for i, column := range identifierColumns {
		texts[i] = "SELECT id FROM devices WHERE " + column + " = ? AND " + livingHolder
		args[i] = identifier
	}
	return query{strings.Join(texts, " UNION "), args}
}

// needle is what a search looks for: the identifier as the register keeps it, or what was typed without separators
// and in capitals.
func needle(search string) string {
	search = norm.NFKC.String(search) // digits in wide forms
	if reading := model.ReadIdentifier(search, model.AnyIdentifier); reading.Value != "" {
		return reading.Value
	}
	return strings.ToUpper(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, search))
}
