package sheet

import (
	"encoding/binary"
	"unicode/utf16"
)

// streams are the parts of a compound file by their path, as "Workbook" and "__attach_version1.0_#00000000/__substg1.0_37010102".
type streams map[string][]byte

const (
	endOfChain = 0xfffffffe
	noEntry    = 0xffffffff
	miniSector = 64
	miniCutoff = 4096 // streams below it stand in the ministream
)

// compoundFile reads the container of XLS and of Outlook's mails (MS-CFB), a file system of sectors. mscfb, the library for it,
// follows chains of a damaged file until the memory is full.
type compoundFile struct {
	data   []byte
	sector int // bytes
	fat    []uint32
	mini   []uint32
	inMini []byte
	left   int // bytes that streams may have together: they overlap in a damaged file
}

// streamsOf reads the parts.
func streamsOf(data []byte) (streams, error) {
	if len(data) < 512 {
		return nil, errStructure
	}
	c := compoundFile{data: data, left: 2 * len(data)}
	switch shift := u16(data[30:]); shift {
	case 9, 12:
		c.sector = 1 << shift
	default:
		return nil, errStructure
	}
	if err := c.readFAT(); err != nil {
		return nil, err
	}
	directory, err := c.chain(u32(data[48:]))
	if err != nil || len(directory) < 128 {
		return nil, errStructure
	}
	mini, err := c.chain(u32(data[60:]))
	if err != nil {
		return nil, err
	}
	c.mini = numbers(mini)
	if c.inMini, err = c.chain(u32(directory[116:])); err != nil {
		return nil, err
	}
	return c.walk(directory)
}

func u32(b []byte) uint32 { return binary.LittleEndian.Uint32(b) }

func numbers(b []byte) []uint32 {
	n := make([]uint32, 0, len(b)/4)
	for ; len(b) >= 4; b = b[4:] {
		n = append(n, u32(b))
	}
	return n
}

// at is a sector; the last one of a file may be cut.
func (c *compoundFile) at(n uint32) ([]byte, bool) {
	from := (int64(n) + 1) * int64(c.sector)
	if from >= int64(len(c.data)) {
		return nil, false
	}
	return c.data[from:min(from+int64(c.sector), int64(len(c.data)))], true
}

// readFAT reads the table of which sector follows which. Its own sectors are listed in the header and, for large files, in a chain.
func (c *compoundFile) readFAT() error {
	list := numbers(c.data[76:512])
	most := len(c.data) / c.sector
	for n, next := 0, u32(c.data[68:]); next < endOfChain; n++ {
		s, ok := c.at(next)
		if !ok || n > most || len(s) < c.sector {
			return errStructure
		}
		more := numbers(s)
		list, next = append(list, more[:len(more)-1]...), more[len(more)-1]
	}
	for _, n := range list {
		if n >= endOfChain {
			continue
		}
		s, ok := c.at(n)
		if !ok || len(c.fat) > most+c.sector {
			return errStructure
		}
		c.fat = append(c.fat, numbers(s)...)
	}
	return nil
}

// chain reads the sectors from one on.
func (c *compoundFile) chain(from uint32) ([]byte, error) {
	var b []byte
	for n := from; n < endOfChain; n = c.fat[n] {
		s, ok := c.at(n)
		if !ok || int64(n) >= int64(len(c.fat)) || len(b) > len(c.data) {
			return nil, errStructure
		}
		b = append(b, s...)
	}
	return b, nil
}

// miniChain reads the small sectors from one on.
func (c *compoundFile) miniChain(from uint32) ([]byte, error) {
	var b []byte
	for n := from; n < endOfChain; n = c.mini[n] {
		at := int64(n) * miniSector
		if at >= int64(len(c.inMini)) || int64(n) >= int64(len(c.mini)) || len(b) > len(c.inMini) {
			return nil, errStructure
		}
		b = append(b, c.inMini[at:min(at+miniSector, int64(len(c.inMini)))]...)
	}
	return b, nil
}

// walk reads the streams that the directory's tree leads to.
func (c *compoundFile) walk(directory []byte) (streams, error) {
	type step struct {
		entry  uint32
		folder string
	}
	parts := streams{}
	seen := make([]bool, len(directory)/128)
	for todo := []step{{u32(directory[76:]), ""}}; len(todo) > 0; {
		s := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if s.entry == noEntry {
			continue
		}
		if int64(s.entry) >= int64(len(seen)) || seen[s.entry] {
			return nil, errStructure
		}
		seen[s.entry] = true
		e := directory[int(s.entry)*128:][:128]
		name := s.folder + entryName(e)
		todo = append(todo, step{u32(e[68:]), s.folder}, step{u32(e[72:]), s.folder})
		switch e[66] {
		case 1:
			if len(name) > 1<<10 {
				return nil, errStructure
			}
			todo = append(todo, step{u32(e[76:]), name + "/"})
		case 2:
			b, err := c.stream(u32(e[116:]), int(u32(e[120:])))
			if err != nil {
				return nil, err
			}
			parts[name] = b
		}
	}
	return parts, nil
}

func entryName(e []byte) string {
	n := min(max(u16(e[64:])-2, 0), 62)
	units := make([]uint16, 0, 31)
	for i := 0; i+1 < n; i += 2 {
		units = append(units, uint16(u16(e[i:])))
	}
	return string(utf16.Decode(units))
}

func (c *compoundFile) stream(from uint32, size int) ([]byte, error) {
	read := c.chain
	if size < miniCutoff {
		read = c.miniChain
	}
	if size == 0 {
		return nil, nil
	}
	b, err := read(from)
	if err != nil {
		return nil, err
	}
	if c.left -= len(b); c.left < 0 || len(b) < size {
		return nil, errStructure
	}
	return b[:size], nil
}
