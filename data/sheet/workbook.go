package sheet

import (
	"archive/zip"
	"context"
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

// archived is a package of parts, as spreadsheets are, opened for reading.
type archived struct {
	path  string
	parts map[string]*zip.File
	io.Closer
}

// workbook is an XLSX file opened for reading.
type workbook struct {
	archived
	tables   []sheetPart
	date1904 bool
	formats  []numberFormat // by cell style
	strings  []string       // the shared strings, read when a sheet is
	shared   string         // the name of their part, empty when there is none
	read     bool           // they are
}

type sheetPart struct {
	Sheet
	part string
}

// openPackage reads what a spreadsheet says of itself. The cells are read by its rows.
func openPackage(from origin) (content, error) {
	z, closer, err := from.zip()
	if err != nil {
		if errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrNotExist) {
			return nil, unopened(from.path, err)
		}
		return nil, damaged(from.path, err)
	}
	a := archived{from.path, map[string]*zip.File{}, closer}
	for _, f := range z.File {
		if part := partName(f.Name); a.parts[part] == nil {
			a.parts[part] = f
		}
	}
	var c content
	if a.isOpenDocument() {
		c, err = openODS(a)
	} else {
		b := &workbook{archived: a}
		c, err = b, b.open()
	}
	if err != nil {
		closer.Close()
		return nil, a.fault(err)
	}
	return c, nil
}

// fault gives an error about the content its sentence.
func (b *archived) fault(err error) error {
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
	listed := map[string]bool{}
	err = b.elements(main, maxSmallPart, func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			b.date1904 = isTrue(attr(e, "date1904"))
		case "sheet":
			if target := targets[attr(e, "id")]; strings.Contains(target.kind, "/worksheet") && !listed[target.part] {
				listed[target.part] = true // a second name of the same rows is no second list
				state := attr(e, "state")
				b.tables = append(b.tables, sheetPart{Sheet{Name: attr(e, "name"), Hidden: state == "hidden" || state == "veryHidden"}, target.part})
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(b.tables) == 0 {
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
	for name := range b.parts {
		switch {
		case name == "xl/workbook.bin":
			return "", fault(model.Invalid, b.path,
				"{{.Name}} is a binary workbook (XLSB): open it in your spreadsheet program and save it as XLSX.")
		case name == "word/document.xml":
			return "", fault(model.Invalid, b.path, "{{.Name}} is a text document: copy the lines out of it and paste them.")
		case strings.HasPrefix(name, "index/") && strings.HasSuffix(name, ".iwa"):
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
func (b *archived) part(name string, limit int64) (*limited, error) {
	f := b.parts[partName(name)]
	if f == nil {
		return nil, fs.ErrNotExist
	}
	if f.UncompressedSize64 > uint64(limit) {
		return nil, errTooBig
	}
	r, err := f.Open()
	return &limited{r: r, left: limit, size: int64(f.UncompressedSize64), element: maxElement}, err
}

// partName is how the parts of a package are told apart: in any case, and by some programs with the slashes of Windows.
func partName(name string) string { return strings.ToLower(strings.ReplaceAll(name, `\`, "/")) }

// elements calls do for every start element of a part.
func (b *archived) elements(name string, limit int64, do func(*xml.Decoder, xml.StartElement) error) error {
	r, err := b.part(name, limit)
	if err != nil {
		return err
	}
	defer r.Close()
	d := newXML(r)
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
func (b *workbook) readStrings(ctx context.Context) error {
	if b.read || b.shared == "" {
		return nil
	}
	b.strings = nil
	r, err := b.part(b.shared, maxStringsPart)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer r.Close()
	d := newXML(cancellable{ctx, r})
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
			b.read = true
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
