package sheet

import (
	"bytes"
	"encoding/binary"
	"io"
	"os"

	"consign/model"
)

// headSize is how much of a file is looked at to recognise what it is, in bytes.
const headSize = 64 << 10

// kind is what a file is by its content.
type kind int

const (
	plainText kind = iota
	zipped
	compound // the container of XLS, DOC and of everything with a password
	pdf
	html
	xmlText
	rtf
	picture
	archive
	binaryData
)

var magics = []struct {
	prefix string
	kind   kind
}{
	{"PK\x03\x04", zipped},
	{"PK\x05\x06", zipped},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", compound},
	{"%PDF-", pdf},
	{`{\rtf`, rtf},
	{"\x89PNG", picture},
	{"\xff\xd8\xff", picture},
	{"GIF8", picture},
	{"\x1f\x8b", archive},
	{"7z\xbc\xaf", archive},
	{"Rar!", archive},
	{"\x09\x08\x10\x00\x00\x06\x05\x00", compound}, // BIFF without a container, from old exporters
	{"SQLite format 3\x00", binaryData},
}

// readHead reads the first headSize bytes, or all when there are fewer.
func readHead(open source) ([]byte, error) {
	r, err := open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, headSize))
}

// kindOf recognises a file by its first bytes.
func kindOf(head []byte) kind {
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.prefix)) {
			return m.kind
		}
	}
	start := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, utf8BOM), " \t\r\n"))
	switch {
	case bytes.HasPrefix(start, []byte("<!doctype html")), bytes.HasPrefix(start, []byte("<html")),
		bytes.HasPrefix(start, []byte("<table")), bytes.HasPrefix(start, []byte("<meta")):
		return html
	case bytes.HasPrefix(start, []byte("<?xml")):
		return xmlText
	case isBinary(head):
		return binaryData
	}
	return plainText
}

// isBinary tells data from text: more than one control character in twenty, in no Unicode encoding.
func isBinary(head []byte) bool {
	if encodingOf(head) != eightBit {
		return false
	}
	controls := 0
	for _, c := range head {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' {
			controls++
		}
	}
	return controls > 2+len(head)/20
}

// noTable says what the file is instead of a table, and what helps.
func noTable(k kind, path string) error {
	switch k {
	case compound:
		return compoundFault(path)
	case pdf:
		return fault(model.Invalid, path, "{{.Name}} is a PDF: ask the sender for the list as XLSX or CSV, or copy the lines out of it and paste them.")
	case html:
		return fault(model.Invalid, path, "{{.Name}} is a web page under the name of a table: open it in your spreadsheet program and save it as XLSX.")
	case xmlText:
		return fault(model.Invalid, path, "{{.Name}} is an XML file: open it in your spreadsheet program and save it as XLSX.")
	case rtf:
		return fault(model.Invalid, path, "{{.Name}} is a text document: copy the lines out of it and paste them.")
	case picture:
		return fault(model.Invalid, path, "{{.Name}} is a picture: ask the sender for the list as XLSX or CSV.")
	case archive:
		return fault(model.Invalid, path, "{{.Name}} is a packed archive: unpack it and open the list in it.")
	}
	return fault(model.Invalid, path, "{{.Name}} is not a table: Consign reads CSV, TXT and XLSX.")
}

// compoundFault tells a password from the old XLS format. The names of the parts stand in the
// container's directory, a chain of sectors anywhere in the file.
func compoundFault(path string) error {
	const enough = 64 << 20
	f, err := os.Open(path)
	if err != nil {
		return unopened(path, err)
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, enough))
	if err != nil {
		return unopened(path, err)
	}
	switch {
	case bytes.Contains(content, utf16Name("EncryptedPackage")):
		return fault(model.Refused, path, "{{.Name}} is protected with a password: open it in your spreadsheet program and save it without one.")
	case bytes.Contains(content, utf16Name("WordDocument")):
		return fault(model.Invalid, path, "{{.Name}} is a text document: copy the lines out of it and paste them.")
	}
	return fault(model.Invalid, path, "{{.Name}} is a spreadsheet of the old XLS format: open it in your spreadsheet program, choose Save as, and save it as Excel workbook (XLSX).")
}

func utf16Name(name string) []byte {
	var b []byte
	for _, c := range name {
		b = binary.LittleEndian.AppendUint16(b, uint16(c))
	}
	return b
}
