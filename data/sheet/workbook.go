package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"

	"consign/model"
)

// Limits against files that unpack to more than any list: per spreadsheet part in bytes. Only the
// shared strings and the styles are kept in memory; a sheet is streamed.
const (
	maxSheetPart   = 4 << 30
	maxStringsPart = 192 << 20
	maxSmallPart   = 32 << 20
	// maxStrings is how many shared strings are kept: an empty one costs 16 bytes of memory and 14 of the file.
	maxStrings = 6_000_000
	// maxElement is how much of a part one row or one shared string may take.
	maxElement = 16 << 20
)

var errTooBig = errors.New("part unpacks to more than its limit")

// workbook is an XLSX file opened for reading.
type workbook struct {
	path     string
	zip      *zip.ReadCloser
	sheets   []sheetPart
	date1904 bool
	formats  []numberFormat // by cell style
	strings  []string       // the shared strings, read when a sheet is
	shared   string         // the name of their part, empty when there is none
}

type sheetPart struct {
	Sheet
	part string
}

// openWorkbook reads what an XLSX file says of itself. The cells are read by spreadsheetRows.
func openWorkbook(name string) (*workbook, error) {
	z, err := zip.OpenReader(name)
	if err != nil {
		if errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrNotExist) {
			return nil, unopened(name, err)
		}
		return nil, damaged(name, err)
	}
	b := &workbook{path: name, zip: z}
	if err := b.open(); err != nil {
		z.Close()
		return nil, b.fault(err)
	}
	return b, nil
}

// fault gives an error about the content its sentence.
func (b *workbook) fault(err error) error {
	var known *model.Error
	switch {
	case errors.As(err, &known):
		return err
	case errors.Is(err, errTooBig):
		return tooBig(b.path).Because(err)
	}
	return damaged(b.path, err)
}

func (b *workbook) open() error {
	main, err := b.mainPart()
	if err != nil {
		return err
	}
	targets, err := b.relations(main)
	if err != nil {
		return err
	}
	err = b.elements(main, maxSmallPart, func(d *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			b.date1904 = isTrue(attr(e, "date1904"))
		case "sheet":
			if target := targets[attr(e, "id")]; strings.Contains(target.kind, "/worksheet") {
				state := attr(e, "state")
				b.sheets = append(b.sheets, sheetPart{Sheet{attr(e, "name"), state == "hidden" || state == "veryHidden"}, target.part})
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(b.sheets) == 0 {
		return fault(model.Invalid, b.path, "There is no table in {{.Name}}.")
	}
	for _, target := range targets {
		switch {
		case strings.HasSuffix(target.kind, "/sharedStrings"):
			b.shared = target.part
		case strings.HasSuffix(target.kind, "/styles"):
			if err := b.readFormats(target.part); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	return nil
}

// mainPart finds the workbook in the package, or says which other kind of package it is.
func (b *workbook) mainPart() (string, error) {
	targets, err := b.relations("")
	for _, t := range targets {
		if strings.HasSuffix(t.kind, "/officeDocument") && strings.HasSuffix(t.part, ".xml") && !strings.HasPrefix(t.part, "word/") {
			return t.part, nil
		}
	}
	for _, f := range b.zip.File {
		switch {
		case f.Name == "xl/workbook.bin":
			return "", fault(model.Invalid, b.path, "{{.Name}} is a binary workbook (XLSB): open it in your spreadsheet program and save it as XLSX.")
		case f.Name == "word/document.xml":
			return "", fault(model.Invalid, b.path, "{{.Name}} is a text document: copy the lines out of it and paste them.")
		case f.Name == "content.xml":
			return "", fault(model.Invalid, b.path, "{{.Name}} is an OpenDocument file (ODS): open it in your spreadsheet program and save it as XLSX or CSV.")
		case strings.HasPrefix(f.Name, "Index/") && strings.HasSuffix(f.Name, ".iwa"):
			return "", fault(model.Invalid, b.path, "{{.Name}} is a Numbers file: open it in Numbers and export it as XLSX or CSV.")
		}
	}
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return "", fault(model.Invalid, b.path, "{{.Name}} is a packed archive: unpack it and open the list in it.")
	}
	return "", err
}

type relation struct{ kind, part string }

// relations reads where the parts are that a part refers to, by their id. The empty name stands for the package.
func (b *workbook) relations(name string) (map[string]relation, error) {
	folder, file := path.Split(name)
	targets := map[string]relation{}
	err := b.elements(folder+"_rels/"+file+".rels", maxSmallPart, func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local == "Relationship" {
			target := attr(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = "/" + folder + target
			}
			targets[attr(e, "Id")] = relation{attr(e, "Type"), path.Clean(target)[1:]}
		}
		return nil
	})
	return targets, err
}

// part opens a part for reading, up to limit bytes unpacked and maxElement between two calls of renew.
func (b *workbook) part(name string, limit int64) (*limited, error) {
	for _, f := range b.zip.File {
		if strings.EqualFold(strings.ReplaceAll(f.Name, `\`, "/"), name) {
			r, err := f.Open()
			return &limited{r: r, left: limit, size: int64(f.UncompressedSize64), element: maxElement}, err
		}
	}
	return nil, fs.ErrNotExist
}

// elements calls do for every start element of a part.
func (b *workbook) elements(name string, limit int64, do func(*xml.Decoder, xml.StartElement) error) error {
	r, err := b.part(name, limit)
	if err != nil {
		return err
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := token.(xml.StartElement); ok {
			r.renew()
			if err := do(d, e); err != nil {
				return err
			}
		}
	}
}

// limited is a part that fails with errTooBig instead of filling the memory.
type limited struct {
	r       io.ReadCloser
	size    int64 // as the archive declares it
	left    int64
	element int64
}

func (l *limited) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	l.left -= int64(n)
	l.element -= int64(n)
	if l.left < 0 || l.element < 0 {
		return 0, errTooBig
	}
	return n, err
}

// renew starts the next element.
func (l *limited) renew() { l.element = maxElement }

func (l *limited) Close() error { return l.r.Close() }

// readStrings reads the shared strings. They are cut out of large blocks: a million small strings
// would cost twice their size.
func (b *workbook) readStrings() error {
	if b.strings != nil || b.shared == "" {
		return nil
	}
	r, err := b.part(b.shared, maxStringsPart)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	var block []byte
	var ends []int
	release := func() {
		text, from := string(block), 0
		for _, to := range ends {
			b.strings = append(b.strings, text[from:to])
			from = to
		}
		block, ends = block[:0], ends[:0]
	}
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			release()
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "si" {
			r.renew()
			if block, err = appendRichText(block, d, "si"); err != nil {
				return err
			}
			if ends = append(ends, len(block)); len(block) > 64<<10 || len(ends) > 1<<12 {
				release()
			}
			if len(b.strings) > maxStrings {
				return errTooBig
			}
		}
	}
}

// appendRichText appends the text up to the end of the named element: its runs, without the phonetic
// reading that Japanese spreadsheets keep beside them.
func appendRichText(text []byte, d *xml.Decoder, until string) ([]byte, error) {
	inText, phonetic := false, 0
	begin := len(text)
	for {
		token, err := d.RawToken()
		if err != nil {
			return text, unexpectedEnd(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "t":
				inText = true
			case "rPh":
				phonetic++
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				inText = false
			case "rPh":
				phonetic--
			case until:
				return append(text[:begin], unescapeXML(text[begin:])...), nil
			}
		case xml.CharData:
			if inText && phonetic == 0 {
				text = append(text, t...)
			}
		}
	}
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
