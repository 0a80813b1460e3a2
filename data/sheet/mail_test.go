package sheet

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"consign/model"
)

// mailOf is a mail with these parts, each with its own headers.
func mailOf(kind string, parts ...string) string {
	text := "From: lager@example.com\r\nTo: office@example.com\r\nSubject: =?iso-8859-1?Q?Ger=E4te_PO-2026/118?=\r\nMIME-Version: 1.0\r\n" +
		"Content-Type: multipart/" + kind + "; boundary=cut\r\n\r\n"
	for _, part := range parts {
		text += "--cut\r\n" + part + "\r\n"
	}
	return text + "--cut--\r\n"
}

func attachment(name string, content []byte) string {
	return "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"" + name +
		"\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
		strings.ReplaceAll(base64.StdEncoding.EncodeToString(content), "A", "A\r\n")
}

const (
	plainPart = "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nHallo,\r\n" +
		"Gr=F6=DFe 6=2C6: 3519215800=\r\n53066\r\n"
	tablePart = "Content-Type: text/html; charset=utf-8\r\n\r\n<p>Hallo</p><table><tr><td>IMEI</td></tr><tr><td>351921580053066</td></tr>" +
		"</table>"
)

func mailFileOf(t *testing.T, name string, content []byte) *File {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, content, 0o600))
	f, err := Open(path)
	require.NoError(t, err)
	t.Cleanup(func() { f.Close() })
	return f
}

// texts are the lines of a sheet as free text.
func texts(t *testing.T, f *File, sheet int) []string {
	t.Helper()
	var lines []string
	for row, err := range f.Lines(context.Background(), sheet) {
		require.NoError(t, err)
		lines = append(lines, row.Cells[0])
	}
	return lines
}

func TestTextOfAMailIsReadWithItsSubject(t *testing.T) {
	f := mailFileOf(t, "list.eml", []byte(mailOf("mixed", plainPart)))
	require.Equal(t, []Sheet{{Text: true}}, f.Sheets())
	require.Equal(t, []string{"Geräte PO-2026/118", "", "Hallo,", "Größe 6,6: 351921580053066"}, texts(t, f, 0))
}

func TestTableOfAMailComesBeforeItsPlainText(t *testing.T) {
	f := mailFileOf(t, "list.eml", []byte(mailOf("alternative", plainPart, tablePart)))
	require.False(t, f.Sheets()[0].Text)
	require.Equal(t, []line{{1, []string{"IMEI"}}, {2, []string{"351921580053066"}}}, readAll(t, f, 0))
	f = mailFileOf(t, "list.eml", []byte(mailOf("alternative", plainPart, "Content-Type: text/html\r\n\r\n<p>the same</p>")))
	require.Equal(t, "Hallo,", texts(t, f, 0)[2])
	require.Len(t, f.Sheets(), 1)
}

func TestListsThatAreAttachedToAMailAreItsSheets(t *testing.T) {
	book, err := os.ReadFile("testdata/office/delivery-libreoffice.xlsx")
	require.NoError(t, err)
	inner := mailOf("mixed", plainPart, attachment("more.csv", []byte("IMEI\n490154203237518\n")))
	f := mailFileOf(t, "list.eml", []byte(mailOf("mixed", plainPart, attachment("logo.png", []byte("\x89PNG\r\n\x1a\n")),
		attachment("list.csv", []byte("IMEI;Model\n351921580053066;S24\n")),
		attachment("note.xlsx", book), "Content-Type: message/rfc822\r\n\r\n"+strings.ReplaceAll(inner, "cut", "inside"))))
	var names []string
	for _, s := range f.Sheets() {
		names = append(names, s.Name)
	}
	require.Equal(t, []string{"", "list.csv", "note.xlsx · Delivery", "note.xlsx · Terms", "attachment", "attachment · more.csv"}, names)
	require.Equal(t, []string{"351921580053066", "S24"}, readAll(t, f, 1)[1].cells)
	require.Equal(t, "IMEI1", readAll(t, f, 2)[2].cells[3])
	require.Equal(t, []string{"490154203237518"}, readAll(t, f, 5)[1].cells)
}

func TestMailWithNothingButAPictureSaysSo(t *testing.T) {
	_, err := openBytes(t, []byte(mailOf("mixed", attachment("list.png", []byte("\x89PNG\r\n\x1a\n")))))
	require.ErrorContains(t, err, "list.png is a picture")
	require.Equal(t, model.Invalid, model.CodeOf(err))
}

func TestTextThatOnlyQuotesAMailStaysWhole(t *testing.T) {
	pasted, err := FromText(mailOf("mixed", plainPart))
	require.NoError(t, err)
	require.Equal(t, "From: lager@example.com", texts(t, pasted, 0)[0])
	f := mailFileOf(t, "note.txt", []byte("From: lager@example.com\nSubject: list\n\n351921580053066\n"))
	require.Len(t, texts(t, f, 0), 4)
}

func TestLinesOfATextAreGivenAsTheyAreWritten(t *testing.T) {
	f, err := FromText("IMEI: \"3519,\r\n'=1;2\rx\n")
	require.NoError(t, err)
	require.Equal(t, []string{`IMEI: "3519,`, `'=1;2`, "x"}, texts(t, f, 0))
}

// compoundOf is a compound file (MS-CFB) with these streams in folders, each as large as it is in sectors of the file.
func compoundOf(parts map[string][]byte) []byte {
	const sector, end, free = 512, 0xfffffffe, 0xffffffff
	type entry struct {
		name              string
		kind              byte
		left, right, down uint32
		data              []byte
		start             uint32
	}
	entries := []entry{{name: "Root Entry", kind: 5, left: free, right: free, down: free, start: end}}
	folders := map[string]int{"": 0}
	last := map[int]int{} // the last entry in a folder
	add := func(folder int, e entry) int {
		entries = append(entries, e)
		at := len(entries) - 1
		if before, ok := last[folder]; ok {
			entries[before].right = uint32(at)
		} else {
			entries[folder].down = uint32(at)
		}
		last[folder] = at
		return at
	}
	names := make([]string, 0, len(parts))
	for name := range parts {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		folder, file, nested := strings.Cut(name, "/")
		if !nested {
			folder, file = "", name
		}
		if _, ok := folders[folder]; !ok {
			folders[folder] = add(0, entry{name: folder, kind: 1, left: free, right: free, down: free})
		}
		data := parts[name]
		if len(data) < 4096 { // smaller ones would stand in the ministream
			data = append(slices.Clone(data), make([]byte, 4096-len(data))...)
		}
		add(folders[folder], entry{name: file, kind: 2, left: free, right: free, down: free, data: data})
	}
	for len(entries)%4 != 0 {
		entries = append(entries, entry{left: free, right: free, down: free})
	}
	var fat []uint32
	chain := func(n int) uint32 {
		start := uint32(len(fat))
		for i := range n {
			fat = append(fat, start+uint32(i)+1)
		}
		fat[len(fat)-1] = end
		return start
	}
	var body bytes.Buffer
	for i, e := range entries {
		if e.kind == 2 {
			entries[i].start = chain((len(e.data) + sector - 1) / sector)
			body.Write(e.data)
			body.Write(make([]byte, (sector-len(e.data)%sector)%sector))
		}
	}
	directory := chain(len(entries) / 4)
	for _, e := range entries {
		raw := make([]byte, 128)
		units := utf16.Encode([]rune(e.name))
		for i, u := range units {
			binary.LittleEndian.PutUint16(raw[2*i:], u)
		}
		if e.kind != 0 {
			binary.LittleEndian.PutUint16(raw[64:], uint16(2*len(units)+2))
		}
		raw[66], raw[67] = e.kind, 1
		for i, v := range []uint32{e.left, e.right, e.down} {
			binary.LittleEndian.PutUint32(raw[68+4*i:], v)
		}
		binary.LittleEndian.PutUint32(raw[116:], e.start)
		binary.LittleEndian.PutUint32(raw[120:], uint32(len(e.data)))
		body.Write(raw)
	}
	sectors := (len(fat) + 127) / 127
	tables := uint32(len(fat))
	for range sectors {
		fat = append(fat, 0xfffffffd)
	}
	for len(fat)%128 != 0 {
		fat = append(fat, free)
	}
	head := make([]byte, sector)
	copy(head, compoundMagic)
	for at, v := range map[int]uint16{24: 0x3e, 26: 3, 28: 0xfffe, 30: 9, 32: 6} {
		binary.LittleEndian.PutUint16(head[at:], v)
	}
	for at, v := range map[int]uint32{44: uint32(sectors), 48: directory, 56: 4096, 60: end, 68: end} {
		binary.LittleEndian.PutUint32(head[at:], v)
	}
	for i := range 109 {
		v := uint32(free)
		if i < sectors {
			v = tables + uint32(i)
		}
		binary.LittleEndian.PutUint32(head[76+4*i:], v)
	}
	for _, v := range fat {
		body.Write(binary.LittleEndian.AppendUint32(nil, v))
	}
	return append(head, body.Bytes()...)
}

// outlookMail is a mail of Outlook with a text and a list attached.
func outlookMail() []byte {
	list := append([]byte("IMEI;Model\n"), bytes.Repeat([]byte("351921580053066;S24\n"), 300)...)
	return compoundOf(map[string][]byte{
		"__properties_version1.0":                            make([]byte, 32),
		"__substg1.0_0037001F":                               utf16Name("Geräte"),
		"__substg1.0_1000001F":                               utf16Name("Hallo,\r\n490154203237518\r\n" + strings.Repeat(" ", 4096)),
		"__attach_version1.0_#00000000/__substg1.0_3707001F": utf16Name("list.csv"),
		"__attach_version1.0_#00000000/__substg1.0_37010102": list,
	})
}

func TestMailOfOutlookIsReadWithItsAttachment(t *testing.T) {
	f := mailFileOf(t, "list.msg", outlookMail())
	require.Len(t, f.Sheets(), 2)
	require.Equal(t, "list.csv", strings.TrimRight(f.Sheets()[1].Name, "\x00"))
	require.Contains(t, texts(t, f, 0), "490154203237518")
	require.Len(t, readAll(t, f, 1), 301)
}
