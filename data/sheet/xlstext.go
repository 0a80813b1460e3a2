package sheet

import (
	"encoding/binary"
	"unicode/utf16"
)

// xlsText reads the texts of XLS, which go on from record to record (MS-XLS 2.5.293, 2.5.294).
type xlsText struct {
	pieces [][]byte
}

// take takes n bytes, over the ends of records.
func (t *xlsText) take(n int) ([]byte, error) {
	t.settle()
	if n <= len(t.piece()) {
		b := t.pieces[0][:n]
		t.pieces[0] = t.pieces[0][n:]
		return b, nil
	}
	var b []byte
	for len(b) < n {
		if t.settle(); len(t.pieces) == 0 {
			return nil, errStructure
		}
		part := t.pieces[0][:min(n-len(b), len(t.pieces[0]))]
		b = append(b, part...)
		t.pieces[0] = t.pieces[0][len(part):]
	}
	return b, nil
}

// settle steps over records that are read.
func (t *xlsText) settle() {
	for len(t.pieces) > 0 && len(t.pieces[0]) == 0 {
		t.pieces = t.pieces[1:]
	}
}

func (t *xlsText) piece() []byte {
	if len(t.pieces) == 0 {
		return nil
	}
	return t.pieces[0]
}

// skip steps over what belongs to no text.
func (t *xlsText) skip(n int) error {
	for n > 0 {
		if t.settle(); len(t.pieces) == 0 {
			return errStructure
		}
		step := min(n, len(t.pieces[0]))
		t.pieces[0] = t.pieces[0][step:]
		n -= step
	}
	return nil
}

// long reads a text whose length is two bytes.
func (t *xlsText) long() (string, error) {
	length, err := t.take(2)
	if err != nil {
		return "", err
	}
	return t.chars(u16(length), -1)
}

// rich reads a shared text, which has the runs of its fonts and its phonetic reading behind it.
func (t *xlsText) rich() (string, error) {
	head, err := t.take(3)
	if err != nil {
		return "", err
	}
	n, flags := u16(head), head[2]
	behind := 0
	if flags&8 != 0 {
		runs, err := t.take(2)
		if err != nil {
			return "", err
		}
		behind += 4 * u16(runs)
	}
	if flags&4 != 0 {
		size, err := t.take(4)
		if err != nil {
			return "", err
		}
		behind += int(binary.LittleEndian.Uint32(size) & 0x7fffffff)
	}
	text, err := t.chars(n, int(flags))
	if err != nil {
		return "", err
	}
	return text, t.skip(behind)
}

// chars reads n characters after their flags, of which the first bit says that each has two bytes; -1 reads the flags first. A record that
// continues the text begins with flags of its own.
func (t *xlsText) chars(n, flags int) (string, error) {
	text := make([]uint16, 0, min(n, 1<<10))
	for fresh := flags < 0; len(text) < n; fresh = true {
		if fresh {
			b, err := t.take(1)
			if err != nil {
				return "", err
			}
			flags = int(b[0])
		}
		size := 1 + flags&1
		piece := t.piece()
		m := min(n-len(text), len(piece)/size)
		if m == 0 && (len(piece) > 0 || len(t.pieces) <= 1) {
			return "", errStructure
		}
		for i := range m {
			if size == 2 {
				text = append(text, binary.LittleEndian.Uint16(piece[2*i:]))
			} else {
				text = append(text, uint16(piece[i]))
			}
		}
		if m > 0 {
			t.pieces[0] = piece[m*size:]
		}
	}
	return string(utf16.Decode(text)), nil
}
