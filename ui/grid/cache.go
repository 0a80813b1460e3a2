package grid

import "math"

const (
	chunkRows  = 128 // rows fetched at once
	keptChunks = 48  // chunks kept in memory
)

// cache keeps the fetched rows of an answer around the place on screen, in chunks. It is used on Fyne's goroutine only.
type cache[R any] struct {
	chunks map[int]*chunk[R]
}

type chunk[R any] struct {
	rows [chunkRows]R
	has  [chunkRows]bool
}

func (c *cache[R]) row(i int) (row R, ok bool) {
	held := c.chunks[i/chunkRows]
	if held == nil {
		return row, false
	}
	return held.rows[i%chunkRows], held.has[i%chunkRows]
}

// missing is the first chunk to fetch of those under the rows [first,end), and of the next one in the direction of scrolling, or -1.
func (c *cache[R]) missing(first, end, count int, down bool) int {
	if end <= first {
		return -1
	}
	from, to := first/chunkRows, (end-1)/chunkRows
	for n := from; n <= to; n++ {
		if c.chunks[n] == nil {
			return n
		}
	}
	ahead := from - 1
	if down {
		ahead = to + 1
	}
	if ahead >= 0 && ahead*chunkRows < count && c.chunks[ahead] == nil {
		return ahead
	}
	return -1
}

// put keeps a chunk and drops the one farthest from it when there are too many.
func (c *cache[R]) put(n int, held *chunk[R]) {
	if c.chunks == nil {
		c.chunks = map[int]*chunk[R]{}
	}
	c.chunks[n] = held
	if len(c.chunks) <= keptChunks {
		return
	}
	farthest, distance := n, -1.0
	for other := range c.chunks {
		if d := math.Abs(float64(other - n)); d > distance {
			farthest, distance = other, d
		}
	}
	delete(c.chunks, farthest)
}
