package data

import (
	"bytes"
	"context"
	"reflect"
	"slices"
	"sync"
	"time"

	"consign/model"
)

// identifierText holds the identifiers of all devices as text in memory, so that a search for any part of one looks
// through a million devices in some milliseconds; SQLite needs half a second for the four columns, and an index
// for it (FTS5 with trigrams) costs every upload three times its time. About 45 bytes a device, read in the background. Identifiers never change and ids are never used again, so the text only grows: what was
// deleted or is another's is left out by the query that reads the found ids. Safe on any goroutine.
type identifierText struct {
	mu     sync.Mutex
	blocks []textBlock
	upTo   int64 // the highest id that the text has
}

// textBlock is the text of some devices: each a line with its identifiers between spaces.
type textBlock struct {
	text []byte
	ids  []int64
}

// blockSize is where a block ends: small enough that counting lines in it is quick.
const blockSize = 64 << 10

// holding returns the ids, ascending, of the devices with an identifier that holds the needle, deleted ones among them.
func (t *identifierText) holding(c *reader, needle string) ([]int64, error) {
	blocks, err := t.grown(c, -1)
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

func (b *textBlock) holding(needle []byte, ids []int64) []int64 {
	line, rest := 0, b.text
	for {
		found := bytes.Index(rest, needle)
		if found < 0 {
			return ids
		}
		line += bytes.Count(rest[:found], []byte{'\n'})
		ids = append(ids, b.ids[line])
		line++
		rest = rest[found+bytes.IndexByte(rest[found:], '\n')+1:]
	}
}

// readBehind is how many devices the background reads at a time: some milliseconds, for which a search may have to wait.
const readBehind = 10_000

// grow adds the devices that came since, a part at a time with rests that leave most of a processor to others, until it has all.
func (t *identifierText) grow(ctx context.Context, r *Register) {
	rest(ctx, time.Second) // a window that opens, or the page that shows an act, comes first
	for more := true; more && ctx.Err() == nil; {
		begin := time.Now()
		err := r.reading(ctx, func(c *reader) error {
			before := t.last()
			_, err := t.grown(c, readBehind)
			more = t.last() > before
			return err
		})
		if err != nil {
			if ctx.Err() == nil {
				r.log.WithError(err).Warn("identifiers were not read ahead") // the next search reads them
			}
			return
		}
		rest(ctx, 3*time.Since(begin))
	}
}

// last is the highest id that the text has.
func (t *identifierText) last() int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.upTo
}

// grown adds devices that came since, limit at most (-1: all), and returns the blocks, which are read only.
func (t *identifierText) grown(c *reader, limit int) ([]textBlock, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	blocks := slices.Clip(t.blocks)
	var block textBlock
	end := func() {
		if len(block.ids) > 0 {
			blocks = append(blocks, textBlock{slices.Clip(block.text), slices.Clip(block.ids)})
		}
		block = textBlock{make([]byte, 0, blockSize+256), make([]int64, 0, blockSize/24)}
	}
	end()
	err := c.each("SELECT id, imei1, imei2, meid, serial FROM devices WHERE id > ? ORDER BY id LIMIT ?", []any{t.upTo, limit}, func(s *statement) error {
		block.ids = append(block.ids, s.int(0))
		for column := int32(1); column <= 4; column++ {
			if text := s.bytes(column); text != nil {
				block.text = append(append(block.text, text...), ' ')
			}
		}
		block.text[len(block.text)-1] = '\n'
		if len(block.text) > blockSize {
			end()
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	upTo := t.upTo
	if len(block.ids) > 0 {
		end()
	}
	if n := len(blocks); n > 0 {
		upTo = blocks[n-1].ids[len(blocks[n-1].ids)-1]
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
