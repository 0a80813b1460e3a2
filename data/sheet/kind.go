package sheet

import (
	"bytes"
	"io"
	"regexp"

	"consign/model"
)

// Endings are those of the names of the files that hold lists, with the dot. What a file is, its content tells.
var Endings = []string{".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".html", ".htm", ".xml", ".eml", ".msg"}

// headSize is how much of a file is looked at to recognise what it is, in bytes.
const headSize = 64 << 10

// kind is what a file is by its content.
type kind int

const (
	plainText kind = iota
	zipped
	compound // the container of XLS, DOC, Outlook's mails and of everything with a password
	pdf
	webPage
	mailFile
	xmlText
	rtf
	picture
	archive
	binaryData
)

const compoundMagic = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

var magics = []struct {
	prefix string
	kind   kind
}{
	{"PK\x03\x04", zipped},
	{"PK\x05\x06", zipped},
	{compoundMagic, compound},
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
	text := head
	if enc := encodingOf(head); enc == utf16LE || enc == utf16BE {
		text, _ = io.ReadAll(decoded(bytes.NewReader(head), enc, nil))
	}
	start := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(text, utf8BOM), " \t\r\n"))
	switch {
	case htmlStart.Match(start):
		return webPage
	case bytes.HasPrefix(start, []byte("<?xml")):
		return xmlText
	case isMail(text):
		return mailFile
	case isBinary(head):
		return binaryData
	}
	return plainText
}

// htmlStart is how a web page begins, what a program puts on the clipboard, or the text of a mail.
var htmlStart = regexp.MustCompile(`^(version:[0-9.]+\s+starthtml:|(<!--[^>]*>\s*)*<(!doctype html|html|head|body|meta|table|div|style|p` +
	`|span|font|google-sheets-html-origin)[\s>])`)

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
	case pdf:
		return fault(model.Invalid, path, "{{.Name}} is a PDF: ask the sender for the list as XLSX or CSV, "+
			"or copy the lines out of it and paste them.")
	case xmlText:
		return fault(model.Invalid, path, "{{.Name}} is an XML file: open it in your spreadsheet program and save it as XLSX.")
	case rtf:
		return fault(model.Invalid, path, "{{.Name}} is a text document: copy the lines out of it and paste them.")
	case picture:
		return fault(model.Invalid, path, "{{.Name}} is a picture: ask the sender for the list as XLSX or CSV.")
	case archive:
		return fault(model.Invalid, path, "{{.Name}} is a packed archive: unpack it and open the list in it.")
	}
	return fault(model.Invalid, path, "{{.Name}} is not a table: Consign reads CSV, TXT, XLSX, XLS, ODS, web pages and mails.")
}
