package data

import (
	"iter"
	"math/bits"
)

// idSet is a set of ids, a bit for each up to the highest: a million take 125 KB, where a list of them takes 8 MB. Who adds one has it from
// reader.id, which knows what can be an id.
type idSet []uint64

func (s *idSet) add(id int64) {
	word := int(id / 64)
	if word >= len(*s) {
		grown := make(idSet, max(word+1, 2*len(*s)))
		copy(grown, *s)
		*s = grown
	}
	(*s)[word] |= 1 << (id % 64)
}

func (s idSet) remove(id int64) {
	if s.has(id) {
		s[id/64] &^= 1 << (id % 64)
	}
}

func (s idSet) removeAll(ids idSet) {
	for i := range min(len(s), len(ids)) {
		s[i] &^= ids[i]
	}
}

func (s idSet) has(id int64) bool {
	return id >= 0 && id/64 < int64(len(s)) && s[id/64]&(1<<(id%64)) != 0
}

// batches gives the ids in ascending order, n at a time, in a slice that is written over afterwards.
func (s idSet) batches(n int) iter.Seq[[]int64] {
	return func(yield func([]int64) bool) {
		batch := make([]int64, 0, n)
		for i, word := range s {
			for ; word != 0; word &= word - 1 {
				if len(batch) == n {
					if !yield(batch) {
						return
					}
					batch = batch[:0]
				}
				batch = append(batch, int64(i*64+bits.TrailingZeros64(word)))
			}
		}
		if len(batch) > 0 {
			yield(batch)
		}
	}
}

// descending gives the ids from the highest on, n at a time, in a slice that is written over afterwards.
func (s idSet) descending(n int) iter.Seq[[]int64] {
	return func(yield func([]int64) bool) {
		batch := make([]int64, 0, n)
		for i := len(s) - 1; i >= 0; i-- {
			for word := s[i]; word != 0; {
				if len(batch) == n {
					if !yield(batch) {
						return
					}
					batch = batch[:0]
				}
				highest := 63 - bits.LeadingZeros64(word)
				word &^= 1 << highest
				batch = append(batch, int64(i*64+highest))
			}
		}
		if len(batch) > 0 {
			yield(batch)
		}
	}
}

// list is the ids in ascending order.
func (s idSet) list() []int64 {
	n := 0
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	for batch := range s.batches(max(n, 1)) {
		return batch
	}
	return nil
}
