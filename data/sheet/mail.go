package sheet

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io"
	"iter"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"regexp"
	"strings"

	"consign/model"
)

// maxMail is the longest mail, in bytes, with its attachments.
const maxMail = 64 << 20

// maxParts is how many parts of a mail are looked at.
const maxParts = 500

var (
	mailHeader = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]*:`)
	mailSign   = regexp.MustCompile(`(?im)^(mime-version|message-id|received):`)
)

// isMail reports whether a text begins with the headers of a mail file.
func isMail(text []byte) bool {
	head, _, found := bytes.Cut(bytes.ReplaceAll(bytes.TrimPrefix(text, utf8BOM), []byte("\r\n"), []byte("\n")), []byte("\n\n"))
	if !found || !mailSign.Match(head) {
		return false
	}
	for line := range bytes.SplitSeq(head, []byte("\n")) {
		if !mailHeader.Match(line) && !bytes.HasPrefix(line, []byte(" ")) && !bytes.HasPrefix(line, []byte("\t")) {
			return false
		}
	}
	return true
}

// parcel is the sheets of several files: what a mail holds.
type parcel struct {
	path     string
	contents []content
	names    []string // of the files the sheets come from; empty for the mail's own text
	at       []place  // of the sheets
	refused  error    // why the first attachment that is no list is none
	noLists  []string // names of the attachments that are none
	depth    int
	left     int // parts that may follow
}

// place is a sheet in one of the contents.
type place struct{ content, sheet int }

// openMail reads a mail (RFC 5322 and MIME): its text, the tables in it and the lists that are attached.
func openMail(from origin, depth int) (content, error) {
	data, err := from.readAll(maxMail)
	switch {
	case errors.Is(err, errTooBig):
		return nil, tooBig(from.path)
	case err != nil:
		return nil, unopened(from.path, err)
	}
	m, err := netmail.ReadMessage(bytes.NewReader(bytes.TrimPrefix(data, utf8BOM)))
	if err != nil {
		return nil, damaged(from.path, err)
	}
	p := &parcel{path: from.path, depth: depth, left: maxParts}
	p.part(mimeHeader(m.Header), m.Body, words(m.Header.Get("Subject")), 0)
	return p.whole()
}

// whole is the parcel if there is a sheet in it.
func (p *parcel) whole() (content, error) {
	for i, c := range p.contents {
		for s := range c.sheets() {
			p.at = append(p.at, place{i, s})
		}
	}
	switch {
	case len(p.at) > 0:
		return p, nil
	case p.refused != nil:
		return nil, p.refused
	}
	return nil, fault(model.Invalid, p.path, "{{.Name}} is empty.")
}

type mimeHeader map[string][]string

func (h mimeHeader) get(name string) string { return netmail.Header(h).Get(name) }

// words decodes a header with encoded words; what cannot be decoded stays.
func words(header string) string {
	d := mime.WordDecoder{CharsetReader: charsetReader}
	if text, err := d.DecodeHeader(header); err == nil {
		header = text
	}
	return strings.ToValidUTF8(header, "\uFFFD")
}

// part takes a part of a mail: several parts, its text, or an attachment. subject stands above the text, for an order may be named only
// there.
func (p *parcel) part(h mimeHeader, body io.Reader, subject string, deep int) {
	if p.left--; p.left < 0 || deep > 10 {
		return
	}
	kind, params, err := mime.ParseMediaType(h.get("Content-Type"))
	if err != nil && kind == "" {
		kind = "text/plain"
	}
	switch strings.ToLower(strings.TrimSpace(h.get("Content-Transfer-Encoding"))) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, &onlyBase64{body})
	}
	disposition, about, _ := mime.ParseMediaType(h.get("Content-Disposition"))
	name := words(about["filename"])
	if name == "" {
		name = words(params["name"])
	}
	switch {
	case strings.HasPrefix(kind, "multipart/"):
		p.parts(multipart.NewReader(body, params["boundary"]), kind == "multipart/alternative", subject, deep)
	case name == "" && disposition != "attachment" && (kind == "text/plain" || kind == "text/html"):
		text, _ := io.ReadAll(body) // half a text is worth reading
		if charset := params["charset"]; charset != "" {
			if r, err := charsetReader(charset, bytes.NewReader(text)); err == nil {
				text, _ = io.ReadAll(r)
			}
		}
		p.text(text, kind == "text/html", subject)
	case kind == "message/rfc822" || name != "" || disposition == "attachment":
		data, _ := io.ReadAll(body)
		if name == "" {
			name = "attachment"
		}
		p.attach(name, data)
	}
}

// parts takes the parts of a multipart. Of alternatives, which say the same, it takes a page with tables before plain text.
func (p *parcel) parts(r *multipart.Reader, alternative bool, subject string, deep int) {
	before := len(p.contents)
	for p.left > 0 {
		part, err := r.NextRawPart()
		if err != nil {
			return
		}
		held := len(p.contents)
		p.part(mimeHeader(part.Header), part, subject, deep+1)
		if alternative && held > before && len(p.contents) > held {
			if p.isTable(held) {
				p.drop(before, held)
			} else {
				p.drop(held, len(p.contents))
			}
		}
		subject = "" // it stands above the first text
	}
}

// isTable reports whether a content has a table in it, not only text.
func (p *parcel) isTable(i int) bool {
	for _, s := range p.contents[i].sheets() {
		if !s.Text {
			return true
		}
	}
	return false
}

func (p *parcel) drop(from, to int) {
	for _, c := range p.contents[from:to] {
		c.Close()
	}
	p.contents = append(p.contents[:from], p.contents[to:]...)
	p.names = append(p.names[:from], p.names[to:]...)
}

// text takes the text of the mail.
func (p *parcel) text(text []byte, isHTML bool, subject string) {
	if isHTML {
		if m, err := tablesOfHTML(text); err == nil && len(m.tables) > 0 {
			if subject != "" {
				m.add(m.begin(Sheet{Text: true}), Row{Line: 1, Cells: []string{subject}})
			}
			p.hold(m, "")
		}
		return
	}
	if subject != "" {
		text = append([]byte(subject+"\n\n"), text...)
	}
	c, err := openText(origin{path: p.path, data: text}, text[:min(len(text), headSize)])
	if err != nil {
		return // an empty text beside an attachment
	}
	c.(*textFile).prose = true
	p.hold(c, "")
}

// attach takes an attached file if it is a list.
func (p *parcel) attach(name string, data []byte) {
	if p.depth >= nesting {
		return
	}
	list, err := contentOf(origin{path: name, data: data}, p.depth+1)
	if err != nil {
		if p.refused == nil {
			p.refused = err
		}
		p.noLists = append(p.noLists, name)
		return
	}
	p.hold(list, name)
}

func (p *parcel) hold(c content, name string) {
	p.contents, p.names = append(p.contents, c), append(p.names, name)
}

func (p *parcel) sheets() []Sheet {
	sheets := make([]Sheet, len(p.at))
	for i, at := range p.at {
		s := p.contents[at.content].sheets()[at.sheet]
		s.Name = strings.Trim(p.names[at.content]+" · "+s.Name, " ·")
		sheets[i] = s
	}
	return sheets
}

func (p *parcel) rows(ctx context.Context, sheet int, pr *progress) iter.Seq2[Row, error] {
	at := p.at[sheet]
	return p.contents[at.content].rows(ctx, at.sheet, pr)
}

func (p *parcel) lines(ctx context.Context, sheet int, pr *progress) iter.Seq2[Row, error] {
	at := p.at[sheet]
	return linesOf(ctx, p.contents[at.content], at.sheet, pr)
}

func (p *parcel) hiddenColumns(sheet int) ([]int, error) {
	at := p.at[sheet]
	return p.contents[at.content].hiddenColumns(at.sheet)
}

func (p *parcel) merged(ctx context.Context, sheet int) ([]Range, error) {
	at := p.at[sheet]
	return p.contents[at.content].merged(ctx, at.sheet)
}

func (p *parcel) Close() error {
	var first error
	for _, c := range p.contents {
		if err := c.Close(); first == nil {
			first = err
		}
	}
	return first
}

// onlyBase64 leaves out what is not of the alphabet, as a mail program does (RFC 2045, 6.8).
type onlyBase64 struct{ io.Reader }

func (o *onlyBase64) Read(p []byte) (int, error) {
	for {
		n, err := o.Reader.Read(p)
		kept := p[:0]
		for _, c := range p[:n] {
			if c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '+' || c == '/' || c == '=' {
				kept = append(kept, c)
			}
		}
		if len(kept) > 0 || err != nil || n == 0 {
			return len(kept), err
		}
	}
}
