package sheet

import (
	"bufio"
	"encoding/xml"
	"io"

	"golang.org/x/text/encoding/htmlindex"
)

// newXML decodes XML of any encoding, also the UTF-16 that some exporters write.
func newXML(r io.Reader) *xml.Decoder {
	text := utf8XML(r)
	d := xml.NewDecoder(text)
	d.CharsetReader = charsetReader
	if text.was16 {
		d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
	}
	return d
}

// xmlBytes is XML as bytes that a decoder reads.
type xmlBytes struct {
	*bufio.Reader
	was16 bool
}

// utf8XML makes UTF-16 UTF-8.
func utf8XML(r io.Reader) xmlBytes {
	b := bufio.NewReaderSize(r, 32<<10)
	head, _ := b.Peek(4)
	switch enc := encodingOf(head); enc {
	case utf16LE, utf16BE:
		return xmlBytes{bufio.NewReaderSize(decoded(b, enc, nil), 32<<10), true}
	}
	return xmlBytes{b, false}
}

// charsetReader makes UTF-8 of a text with the named encoding.
func charsetReader(name string, r io.Reader) (io.Reader, error) {
	e, err := htmlindex.Get(name)
	if err != nil {
		return nil, err
	}
	return e.NewDecoder().Reader(r), nil
}

func unexpectedEnd(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func isTrue(s string) bool { return s == "1" || s == "true" }
