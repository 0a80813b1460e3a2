package data

import (
	"bytes"
	"context"
	"math"
	"reflect"
	"slices"
	"strings"
	"sync"

	"consign/model"
)

// identifierText holds the identifiers of all devices as text in memory, so that a search for any part of one looks
// through a million devices in some milliseconds; SQLite needs half a second for the four columns, and an index
// for it (FTS5 with trigrams) costs every upload three times its time. About 50 bytes a device, from the first search on. Identifiers
// never change and ids are never used again, so the text only grows: what was deleted or is another's is left out by the query that reads
// the found ids. Of a register on a server there is none: the server looks. Safe on any goroutine.
type identifierText struct {
	mu     sync.Mutex
	blocks []textBlock
	upTo   int64 // the highest id that the text has
}

// textBlock is the text of some devices: each a line with its identifiers between spaces.
type textBlock struct {
	text  []byte
	first int64    // id
	ids   []uint32 // less the first
}

// A block of text is small enough that counting lines in it is quick.
const (
	blockSize = 64 << 10
	lineRoom  = 256 // for the last line
)

func newTextBlock() textBlock {
	const usualLine = 40
	return textBlock{text: make([]byte, 0, blockSize), ids: make([]uint32, 0, blockSize/usualLine)}
}

func (b *textBlock) id(line int) int64 { return b.first + int64(b.ids[line]) }

// full tells whether the block has no room for the line of the device with the id.
func (b *textBlock) full(id int64) bool {
	return len(b.ids) > 0 && (len(b.text) > blockSize-lineRoom || id-b.first > math.MaxUint32)
}

// add adds the line of a device: its id and its identifiers. Damaged for one without any, and for an identifier that would end the line.
func (b *textBlock) add(id int64, s *statement) error {
	if len(b.ids) == 0 {
		b.first = id
	}
	b.ids = append(b.ids, uint32(id-b.first))
	identified := false
	for column := int32(1); column <= 4; column++ {
		if text := s.bytes(column); text != nil {
			if bytes.IndexByte(text, '\n') >= 0 {
				return damagedf("identifier %q of device %d", text, id)
			}
			b.text = append(append(b.text, text...), ' ')
			identified = true
		}
	}
	if !identified {
		return damagedf("device %d has no identifier", id)
	}
	b.text[len(b.text)-1] = '\n'
	return nil
}

// holding returns the ids, ascending, of the devices with an identifier that holds the needle, deleted ones among them.
func (t *identifierText) holding(c *reader, needle string) ([]int64, error) {
	if c.Looks() {
		return c.holding(needle)
	}
	blocks, err := t.grown(c, math.MaxInt)
	if err != nil || needle == "" {
		return nil, err
	}
	var ids []int64
	for i, b := range blocks {
		if i%64 == 0 && c.ctx.Err() != nil {
			return nil, c.ctx.Err()
		}
		ids = b.holding([]byte(needle), ids)
	}
	return ids, nil
}

// holding is the same by the database.
func (c *reader) holding(needle string) (ids []int64, err error) {
	if needle == "" {
		return nil, nil
	}
	var parts []string
	for _, column := range identifierColumns {
		parts = append(parts, "instr("+column+", ?1) > 0")
	}
	// sorted here: for the order, planners go through the index of ids, which takes twice as long
	err = c.each("SELECT id FROM devices WHERE "+strings.Join(parts, " OR "), []any{needle}, func(s *statement) error {
		id, err := c.id(s, 0)
		ids = append(ids, id)
		return err
	})
	slices.Sort(ids)
	return ids, err
}

func (b *textBlock) holding(needle []byte, ids []int64) []int64 {
	line, rest := 0, b.text
	for {
		found := bytes.Index(rest, needle)
		if found < 0 {
			return ids
		}
		line += bytes.Count(rest[:found], []byte{'\n'})
		ids = append(ids, b.id(line))
		line++
		rest = rest[found+bytes.IndexByte(rest[found:], '\n')+1:]
	}
}

// ExpectSearch says that a search for a part of an identifier is likely to follow: what makes the first one slow is read in the
// background. It does not wait, and may be called on any goroutine.
func (d Devices) ExpectSearch() { d.desk.readAhead.Want() }

// readAtOnce is how many devices the background reads at a time: some milliseconds, for which a search may have to wait.
const readAtOnce = 10_000

// grow adds the devices that came since, a part at a time, until it has all.
func (t *identifierText) grow(ctx context.Context, r *Register) {
	for more := true; more && ctx.Err() == nil; {
		err := r.reading(ctx, func(c *reader) error {
			if more = !c.Looks(); !more {
				return nil
			}
			before := t.last()
			_, err := t.grown(c, readAtOnce)
			more = t.last() > before
			return err
		})
		if err != nil {
			if ctx.Err() == nil {
				r.log.WithError(err).Warn("identifiers were not read ahead") // the next search reads them
			}
			return
		}
	}
}

// last is the highest id that the text has.
func (t *identifierText) last() int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.upTo
}

// grown adds devices that came since, limit at most, and returns the blocks, which are read only.
func (t *identifierText) grown(c *reader, limit int) ([]textBlock, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	blocks, upTo := slices.Clip(t.blocks), t.upTo
	block := newTextBlock()
	err := c.each("SELECT id, imei1, imei2, meid, serial FROM devices WHERE id > ? ORDER BY id LIMIT ?", []any{upTo, limit},
		func(s *statement) error {
			id, err := c.id(s, 0)
			if err != nil {
				return err
			}
			if id <= upTo {
				return damagedf("device %d after %d", id, upTo)
			}
			upTo = id
			if block.full(id) {
				blocks, block = append(blocks, block), newTextBlock()
			}
			return block.add(id, s)
		})
	if err != nil {
		return nil, err
	}
	if len(block.ids) > 0 {
		blocks = append(blocks, textBlock{bytes.Clone(block.text), block.first, slices.Clone(block.ids)}) // without the room that is left
	}
	t.blocks, t.upTo = blocks, upTo
	return blocks, nil
}

// searchedList keeps the ids of the list that was searched last: with every letter that is typed the same list is asked for again.
// Safe on any goroutine.
type searchedList struct {
	mu   sync.Mutex
	q    model.DeviceQuery // its search is empty
	act  int64             // the latest act when it was read: every change of devices is an act
	list []int64
}

// ids returns the ids of q, whatever its search, which read reads; they are not to be changed.
func (l *searchedList) ids(c *reader, q model.DeviceQuery, read func() ([]int64, error)) ([]int64, error) {
	q.Search, q.Sort = "", slices.Clone(q.Sort)
	act, err := c.number("SELECT max(id) FROM activity")
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.list != nil && l.act == int64(act) && reflect.DeepEqual(l.q, q) {
		return l.list, nil
	}
	list, err := read()
	if err == nil {
		l.q, l.act, l.list = q, int64(act), list
	}
	return list, err
}

// present returns those of the ids that are in some.
func present(ids, some []int64) []int64 {
	var in idSet
	for _, id := range some {
		in.add(id)
	}
	kept := make([]int64, 0, len(some))
	for _, id := range ids {
		if in.has(id) {
			kept = append(kept, id)
		}
	}
	return kept
}
