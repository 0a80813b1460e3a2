package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"iter"
	"os"
	"sync/atomic"
)

// content is what a kind of file holds. One goroutine at a time calls its methods.
type content interface {
	sheets() []Sheet
	// rows streams the rows of a sheet as File.Rows does.
	rows(ctx context.Context, sheet int, p *progress) iter.Seq2[Row, error]
	hiddenColumns(sheet int) ([]int, error)
	merged(ctx context.Context, sheet int) ([]Range, error)
	io.Closer
}

// progress is how many bytes of the present reading are done.
type progress struct{ read, total atomic.Int64 }

// origin is where the bytes of a file come from.
type origin struct {
	path string // or the name of what is in data; empty for a pasted text
	data []byte // an attachment or a pasted text; nil for a file on the disk
}

// source opens the bytes of a text anew.
type source func() (io.ReadCloser, error)

func (o origin) open() (io.ReadCloser, error) {
	if o.data != nil {
		return io.NopCloser(bytes.NewReader(o.data)), nil
	}
	return os.Open(o.path)
}

func (o origin) size() (int64, error) {
	if o.data != nil {
		return int64(len(o.data)), nil
	}
	s, err := os.Stat(o.path)
	if err != nil {
		return 0, err
	}
	return s.Size(), nil
}

// readAll reads what is no longer than limit, and fails with errTooBig for more.
func (o origin) readAll(limit int64) ([]byte, error) {
	if o.data != nil && int64(len(o.data)) <= limit {
		return o.data, nil
	}
	r, err := o.open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = errTooBig
	}
	return data, err
}

// random opens the bytes for reading anywhere.
func (o origin) random() (io.ReaderAt, int64, io.Closer, error) {
	size, err := o.size()
	if err != nil {
		return nil, 0, nil, err
	}
	if o.data != nil {
		return bytes.NewReader(o.data), size, io.NopCloser(nil), nil
	}
	f, err := os.Open(o.path)
	return f, size, f, err
}

func (o origin) zip() (*zip.Reader, io.Closer, error) {
	at, size, closer, err := o.random()
	if err != nil {
		return nil, nil, err
	}
	z, err := zip.NewReader(at, size)
	if err != nil {
		closer.Close()
		return nil, nil, err
	}
	return z, closer, nil
}

// nesting is how deep mails are read that are attached to mails.
const nesting = 3

// contentOf recognises what a file is by its content and opens it. depth is how many mails it is in.
func contentOf(from origin, depth int) (content, error) {
	head, err := readHead(from.open)
	if err != nil {
		return nil, unopened(from.path, err)
	}
	switch kind := kindOf(head); kind {
	case zipped:
		return openPackage(from)
	case webPage:
		return openHTML(from)
	case xmlText:
		return openXML(from, head)
	case compound:
		return openCompound(from, depth)
	case mailFile:
		return openMail(from, depth)
	case plainText:
		if c := openRecords(from, head); c != nil {
			return c, nil
		}
		return openText(from, head)
	default:
		return nil, noTable(kind, from.path)
	}
}

// counted counts the bytes that pass for Progress.
type counted struct {
	io.Reader
	n *atomic.Int64
}

func (c counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n.Add(int64(n))
	return n, err
}

// cancellable is a reader that ends with its context.
type cancellable struct {
	ctx context.Context
	io.Reader
}

func (c cancellable) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.Reader.Read(p)
}
