package data

import (
	"bytes"
	"cmp"
	"errors"
	"iter"
	"maps"
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// query is a statement of SQL with its arguments.
type query struct {
	sql  string
	args []any
}

// sortKey is one key of an order. Each row gets the rank of its value among the different values, and then the rows
// are put into the order of their ranks: at a million rows this takes less than half of SQLite's own sorting, and names
// are ordered as people do it. Empty values come last in both directions.
type sortKey struct {
	expr       string // of the query
	kind       keyKind
	after      string // query of the ids of rows that come after all others but the empty ones, whatever their value
	lot        string // the column of the upload's lots that expr needs, see deviceSource
	descending bool
	ranks      func(*reader) (map[int64]int32, error) // of byRank
	identifier string                                 // of byIdentifier: the column of devices
}

type keyKind uint8

const (
	byText       keyKind = iota // bytes as they are: codes, numbers of orders
	byName                      // as people order names
	byCountry                   // codes of countries in the order of their names
	byNumber                    // whole numbers: times, counts
	byRank                      // whole numbers in the order of ranks; one that ranks lacks is empty
	byIdentifier                // the row's id in the order of an identifier, by its index
)

// emptyRank is the rank of an empty value.
const emptyRank = -1

// orderedIDs reads the ids that the queries find, each once, in the order of the keys and then of the id.
// A query selects the id and then the expressions of the keys.
func (c *reader) orderedIDs(queries []query, keys []sortKey) ([]int64, error) {
	return c.orderedIDsOf(queries, keys, everyRow)
}

// orderedIDsOf is orderedIDs of those rows that take takes.
func (c *reader) orderedIDsOf(queries []query, keys []sortKey, take func(*statement) bool) ([]int64, error) {
	if len(keys) == 0 {
		found, err := c.foundBy(queries, take)
		return found.list(), err
	}
	var ids []int64
	columns := make([]ranking, len(keys))
	for i, key := range keys {
		columns[i] = ranking{sortKey: key, texts: map[string]int32{}, numbers: map[int64]int32{}}
	}
	for _, q := range queries {
		err := c.each(q.sql, q.args, func(s *statement) error {
			if !take(s) {
				return nil
			}
			id, err := c.id(s, 0)
			if err != nil {
				return err
			}
			ids = append(ids, id)
			for i := range columns {
				columns[i].add(s, int32(i+1))
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	rows := make([]int32, len(ids)) // the rows' places in ids, more and more in order
	for i := range rows {
		rows[i] = int32(i)
	}
	if !slices.IsSorted(ids) {
		slices.SortFunc(rows, func(a, b int32) int { return cmp.Compare(ids[a], ids[b]) })
	}
	for i := len(columns) - 1; i >= 0; i-- {
		ranks, most, err := columns[i].ranks(c, ids)
		if err != nil {
			return nil, err
		}
		if after := columns[i].after; after != "" {
			set, err := c.foundBy([]query{{sql: after}}, everyRow)
			if err != nil {
				return nil, err
			}
			most++
			for row, id := range ids {
				if set.has(id) {
					ranks[row] = most
				}
			}
		}
		rows = sortByRank(rows, ranks, most, columns[i].descending)
	}
	ordered := make([]int64, len(ids))
	for i, row := range rows {
		ordered[i] = ids[row]
	}
	return ordered, nil
}

// foundBy reads the ids of those rows of the queries that take takes.
func (c *reader) foundBy(queries []query, take func(*statement) bool) (found idSet, err error) {
	for _, q := range queries {
		err = c.each(q.sql, q.args, func(s *statement) error {
			if !take(s) {
				return nil
			}
			id, err := c.id(s, 0)
			if err == nil {
				found.add(id)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// everyRow takes every row of a query.
func everyRow(*statement) bool { return true }

// sortByRank returns rows in the order of their ranks, of which most is the highest; rows of one rank keep their order.
func sortByRank(rows, ranks []int32, most int32, descending bool) []int32 {
	bucket := func(row int32) int32 {
		switch rank := ranks[row]; {
		case rank == emptyRank:
			return most + 1
		case descending:
			return most - rank
		default:
			return rank
		}
	}
	next := make([]int32, most+3) // where the next row of a bucket goes
	for _, row := range rows {
		next[bucket(row)+1]++
	}
	for i := 1; i < len(next); i++ {
		next[i] += next[i-1]
	}
	sorted := make([]int32, len(rows))
	for _, row := range rows {
		b := bucket(row)
		sorted[next[b]] = row
		next[b]++
	}
	return sorted
}

// ranking collects the values of one key and numbers the different ones as they come.
type ranking struct {
	sortKey
	values  []int32 // per row the number of its value, emptyRank if empty
	texts   map[string]int32
	numbers map[int64]int32

	lastNumber int64 // neighbours often have the same value
	lastValue  int32
	any        bool
	lastText   []byte
}

func (k *ranking) add(s *statement, column int32) {
	value := int32(emptyRank)
	switch k.kind {
	case byIdentifier:
		return
	case byText, byName, byCountry:
		if text := s.bytes(column); len(text) > 0 {
			value = k.lettered(text)
		}
	default:
		if !s.isNull(column) {
			value = k.numbered(s.int(column))
		}
	}
	k.values = append(k.values, value)
}

func (k *ranking) lettered(text []byte) int32 {
	if k.any && bytes.Equal(text, k.lastText) {
		return k.lastValue
	}
	value, known := k.texts[string(text)]
	if !known {
		value = int32(len(k.texts))
		k.texts[string(text)] = value
	}
	k.any, k.lastText, k.lastValue = true, append(k.lastText[:0], text...), value
	return value
}

func (k *ranking) numbered(n int64) int32 {
	if k.any && n == k.lastNumber {
		return k.lastValue
	}
	value, known := k.numbers[n]
	if !known {
		value = int32(len(k.numbers))
		k.numbers[n] = value
	}
	k.any, k.lastNumber, k.lastValue = true, n, value
	return value
}

// ranks returns the rank of every row, whose ids are given, and the highest rank.
func (k *ranking) ranks(c *reader, ids []int64) ([]int32, int32, error) {
	switch k.kind {
	case byIdentifier:
		return c.walked(k.identifier, ids)
	case byRank:
		given, err := k.sortKey.ranks(c)
		if err != nil {
			return nil, 0, err
		}
		rankOf, most := make([]int32, len(k.numbers)), int32(0)
		for n, value := range k.numbers {
			rank, known := given[n]
			if !known {
				rank = emptyRank
			}
			rankOf[value], most = rank, max(most, rank)
		}
		return k.replaced(rankOf), most, nil
	case byNumber:
		return k.replaced(places(k.numbers, slices.Sorted(maps.Keys(k.numbers)))), int32(len(k.numbers)), nil
	}
	texts := slices.Collect(maps.Keys(k.texts))
	switch k.kind {
	case byName:
		sortNames(texts)
	case byCountry:
		sortByName(texts, c.countryName)
	default:
		slices.Sort(texts)
	}
	return k.replaced(places(k.texts, texts)), int32(len(texts)), nil
}

// places returns, per number of a value, the value's place in sorted.
func places[V comparable](numbers map[V]int32, sorted []V) []int32 {
	ranks := make([]int32, len(sorted))
	for rank, value := range sorted {
		ranks[numbers[value]] = int32(rank)
	}
	return ranks
}

// replaced puts the rank of each value in the place of its number.
func (k *ranking) replaced(rankOf []int32) []int32 {
	for i, value := range k.values {
		if value != emptyRank {
			k.values[i] = rankOf[value]
		}
	}
	return k.values
}

// sortNames orders names as people do: capitals, accents and the width of numbers do not matter much.
func sortNames(names []string) { sortByName(names, func(name string) string { return name }) }

// sortByName orders what stands for names so.
func sortByName(texts []string, name func(string) string) {
	c := collate.New(language.Und, collate.Numeric)
	var buffer collate.Buffer
	keys := make(map[string]string, len(texts))
	for _, text := range texts {
		keys[text] = string(c.KeyFromString(&buffer, name(text)))
		buffer.Reset()
	}
	slices.SortFunc(texts, func(a, b string) int { return cmp.Or(cmp.Compare(keys[a], keys[b]), cmp.Compare(a, b)) })
}

// walk finds the ids of the devices that hold an identifier of the column, deleted ones too, in its order.
func walk(column string, descending bool) string {
	find := "SELECT id FROM devices INDEXED BY devices_" + column + " WHERE " + column + " IS NOT NULL AND freed IS NULL ORDER BY " + column
	if descending {
		find += " DESC"
	}
	return find
}

// walked ranks the devices with the ids by an identifier; those that have none are empty. Of few devices theirs are looked up instead of
// going by those of all.
func (c *reader) walked(column string, ids []int64) ([]int32, int32, error) {
	if len(ids) == 0 {
		return nil, 0, nil
	}
	find := query{sql: walk(column, false)}
	if len(ids) <= fewIDs {
		find = query{"SELECT id FROM devices WHERE id IN (SELECT value FROM json_each(?)) AND " + column + " IS NOT NULL ORDER BY " + column,
			[]any{idList(ids)}}
	}
	rankOf := make([]int32, slices.Max(ids)+1)
	rank := int32(0)
	err := c.each(find.sql, find.args, func(s *statement) error {
		rank++
		if id := s.int(0); id >= 0 && id < int64(len(rankOf)) {
			rankOf[id] = rank
		}
		return nil
	})
	ranks := make([]int32, len(ids))
	for i, id := range ids {
		if ranks[i] = rankOf[id]; ranks[i] == 0 {
			ranks[i] = emptyRank
		}
	}
	return ranks, rank, err
}

// walkedBatches gives the ids of a set in the order of a key of kind byIdentifier, some at a time, in a slice that is written over
// afterwards. It empties the set.
func (c *reader) walkedBatches(key sortKey, ids idSet) iter.Seq2[[]int64, error] {
	return func(yield func([]int64, error) bool) {
		batch, enough := make([]int64, 0, devicesAtOnce), errors.New("enough")
		err := c.each(walk(key.identifier, key.descending), nil, func(s *statement) error {
			id := s.int(0)
			if !ids.has(id) {
				return nil
			}
			ids.remove(id)
			if batch = append(batch, id); len(batch) == cap(batch) {
				if !yield(batch, nil) {
					return enough
				}
				batch = batch[:0]
			}
			return nil
		})
		switch {
		case err == enough:
			return
		case err != nil:
			yield(nil, err)
			return
		case len(batch) > 0 && !yield(batch, nil):
			return
		}
		for batch := range ids.batches(ascendingAtOnce) { // what has none comes last
			if !yield(batch, nil) {
				return
			}
		}
	}
}
