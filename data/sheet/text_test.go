package sheet

import (
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"

	"consign/model"
)

// line is a Row that outlives the reading.
type line struct {
	n     int
	cells []string
}

func readAll(t *testing.T, f *File, sheet int) []line {
	t.Helper()
	var lines []line
	for row, err := range f.Rows(context.Background(), sheet) {
		require.NoError(t, err)
		lines = append(lines, line{row.Line, append([]string(nil), row.Cells...)})
	}
	return lines
}

func openBytes(t *testing.T, content []byte) (*File, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "list.csv")
	require.NoError(t, os.WriteFile(path, content, 0o600))
	return Open(path)
}

func readBytes(t *testing.T, content string) []line {
	t.Helper()
	f, err := openBytes(t, []byte(content))
	require.NoError(t, err)
	defer f.Close()
	return readAll(t, f, 0)
}

func TestEveryEncodingGivesTheSameTable(t *testing.T) {
	const text = "Gerät;IMEI\r\nGröße 6,6;351921580053066\r\nStraße;490154203237518\r\n"
	utf16Text := func(order binary.AppendByteOrder, mark bool) []byte {
		var b []byte
		if mark {
			b = order.AppendUint16(b, 0xfeff)
		}
		for _, u := range utf16.Encode([]rune(text)) {
			b = order.AppendUint16(b, u)
		}
		return b
	}
	windows, err := charmap.Windows1252.NewEncoder().Bytes([]byte(text))
	require.NoError(t, err)
	for name, content := range map[string][]byte{
		"UTF-8":                    []byte(text),
		"UTF-8 with a mark":        append([]byte("\xef\xbb\xbf"), text...),
		"UTF-16 LE":                utf16Text(binary.LittleEndian, true),
		"UTF-16 BE":                utf16Text(binary.BigEndian, true),
		"UTF-16 LE without a mark": utf16Text(binary.LittleEndian, false),
		"UTF-16 BE without a mark": utf16Text(binary.BigEndian, false),
		"Windows-1252":             windows,
	} {
		t.Run(name, func(t *testing.T) {
			f, err := openBytes(t, content)
			require.NoError(t, err)
			require.Equal(t, []line{
				{1, []string{"Gerät", "IMEI"}},
				{2, []string{"Größe 6,6", "351921580053066"}},
				{3, []string{"Straße", "490154203237518"}},
			}, readAll(t, f, 0))
		})
	}
}

func TestJapaneseListOfShiftJISIsReadable(t *testing.T) {
	text := "端末名,製造番号,注文番号\n" + strings.Repeat("ギャラクシーのスマートフォン,R5X477CVWFC,注文はこれです\n", 30)
	content, err := japanese.ShiftJIS.NewEncoder().Bytes([]byte(text))
	require.NoError(t, err)
	f, err := openBytes(t, content)
	require.NoError(t, err)
	require.Equal(t, []string{"端末名", "製造番号", "注文番号"}, readAll(t, f, 0)[0].cells)
}

func TestSingleWindows1252ByteLateInTheFileCostsNoUmlautBefore(t *testing.T) {
	lines := readBytes(t, strings.Repeat("Größe,1\n", 20000)+"Gr\xf6\xdfe,\"1 \x80\"\n")
	require.Equal(t, []string{"Größe", "1"}, lines[19999].cells)
	require.Equal(t, []string{"Größe", "1 €"}, lines[20000].cells)
}

func TestTextFiles(t *testing.T) {
	for _, c := range []struct {
		name, content string
		want          []line
	}{
		{"semicolons win over decimal commas", "a;b;c\n6,6;1;2\n7,1;1;2\n",
			[]line{{1, []string{"a", "b", "c"}}, {2, []string{"6,6", "1", "2"}}, {3, []string{"7,1", "1", "2"}}}},
		{"commas win over semicolons in tags", "351921580053066,a;b;c\n490154203237518,d;e;f\n",
			[]line{{1, []string{"351921580053066", "a;b;c"}}, {2, []string{"490154203237518", "d;e;f"}}}},
		{"tabs", "a\tb\n1\t2\n", []line{{1, []string{"a", "b"}}, {2, []string{"1", "2"}}}},
		{"bars", "a|b\n1|2\n", []line{{1, []string{"a", "b"}}, {2, []string{"1", "2"}}}},
		{"titles above the table do not decide", "Delivery, of May, to us\nx\nIMEI;n\n351921580053066;2\n",
			[]line{{1, []string{"Delivery, of May, to us"}}, {2, []string{"x"}}, {3, []string{"IMEI", "n"}}, {4, []string{"351921580053066", "2"}}}},
		{"Excel's declared separator is no row", "sep=|\r\na,b|c\r\n", []line{{2, []string{"a,b", "c"}}}},
		{"line ends of three kinds in one file", "a\nb\r\nc\rd", []line{{1, []string{"a"}}, {2, []string{"b"}}, {3, []string{"c"}},
			{4, []string{"d"}}}},
		{"carriage returns alone", "a,b\r1,2\r3,4\r", []line{{1, []string{"a", "b"}}, {2, []string{"1", "2"}}, {3, []string{"3", "4"}}}},
		{"blank lines keep their number", "a\n\n\nb\n", []line{{1, []string{"a"}}, {2, []string{""}}, {3, []string{""}}, {4, []string{"b"}}}},
		{"ragged lines", "a,b\n1\n1,2,3\n", []line{{1, []string{"a", "b"}}, {2, []string{"1"}}, {3, []string{"1", "2", "3"}}}},
		{"quoted cell over several lines", "a,\"x\r\ny\nz\"\n1,2\n", []line{{1, []string{"a", "x\r\ny\nz"}}, {4, []string{"1", "2"}}}},
		{"doubled quotation marks", `a,"6.6"" phone"` + "\n", []line{{1, []string{"a", `6.6" phone`}}}},
		{"quotation mark inside of a quoted cell", `"Galaxy 6.6" phone",1,2` + "\n", []line{{1, []string{`Galaxy 6.6" phone`, "1", "2"}}}},
		{"blank behind the closing quotation mark", `"a" ,"b"` + "\n", []line{{1, []string{"a", "b"}}}},
		{"inch mark inside of a plain cell", "Galaxy 6.6\",1\nb,2\n", []line{{1, []string{`Galaxy 6.6"`, "1"}}, {2, []string{"b", "2"}}}},
		{"stray quotation mark does not swallow the rest", "\"a,1\nb,2\nc,3\n",
			[]line{{1, []string{`"a`, "1"}}, {2, []string{"b", "2"}}, {3, []string{"c", "3"}}}},
		{"stray quotation mark before a quoted line", "\"a,1\nb,\"2\"\nc,3\n",
			[]line{{1, []string{`"a`, "1"}}, {2, []string{"b", "2"}}, {3, []string{"c", "3"}}}},
		{"guarded formula is the text again", "'=1+1,'x,''-\n", []line{{1, []string{"=1+1", "'x", "'-"}}}},
		{"zero byte stays in its cell", "a\x00b,c\n", []line{{1, []string{"a\x00b", "c"}}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, readBytes(t, c.content))
			pasted, err := FromText(c.content)
			require.NoError(t, err)
			require.Equal(t, c.want, readAll(t, pasted, 0))
		})
	}
}

func TestStrayQuotationMarkInAMillionLinesCostsOneLine(t *testing.T) {
	lines := readBytes(t, "a,b\n\"x,1\n"+strings.Repeat("351921580053066,1\n", 300000))
	require.Len(t, lines, 300002)
	require.Equal(t, line{2, []string{`"x`, "1"}}, lines[1])
	require.Equal(t, line{300002, []string{"351921580053066", "1"}}, lines[300001])
}

func TestRowsThatCrossTheReadBufferStayWhole(t *testing.T) {
	var b strings.Builder
	for i := range 30000 {
		b.WriteString(strings.Repeat("x", i%97))
		b.WriteString(",\"q\r\n\"\"w\"\r\n")
	}
	for i, l := range readBytes(t, b.String()) {
		require.Equal(t, line{2*i + 1, []string{strings.Repeat("x", i%97), "q\r\n\"w"}}, l)
	}
}

func TestEndlessLineIsRefused(t *testing.T) {
	f, err := openBytes(t, []byte("a,b\n"+strings.Repeat("x", 3*maxLine)))
	require.NoError(t, err)
	require.Equal(t, model.Damaged, model.CodeOf(failure(f)))
	f, err = openBytes(t, []byte("a\n"+strings.Repeat(`"",`, maxLine)))
	require.NoError(t, err)
	require.Equal(t, model.Damaged, model.CodeOf(failure(f)))
}

func TestTooManyColumnsAreRefused(t *testing.T) {
	f, err := openBytes(t, []byte("a,b\n"+strings.Repeat(",", maxColumns+1)))
	require.NoError(t, err)
	require.Equal(t, model.Damaged, model.CodeOf(failure(f)))
}

// failure reads to the first error.
func failure(f *File) error {
	for _, err := range f.Rows(context.Background(), 0) {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestReadingStopsWhenCancelled(t *testing.T) {
	f, err := openBytes(t, []byte(strings.Repeat("a,b\n", 5000)))
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	rows := 0
	for _, err = range f.Rows(ctx, 0) {
		if rows++; rows == 10 {
			cancel()
		}
	}
	require.ErrorIs(t, err, context.Canceled)
	require.Less(t, rows, 2000)
}

func TestFileCanBeReadAgainAndTellsItsProgress(t *testing.T) {
	f, err := openBytes(t, []byte("a,b\n1,2\n"))
	require.NoError(t, err)
	require.Zero(t, f.Progress())
	require.Equal(t, readAll(t, f, 0), readAll(t, f, 0))
	require.Equal(t, 1.0, f.Progress())
}

func TestFilesThatAreNoTableSayWhatTheyAre(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		code    model.Code
		says    string
	}{
		"empty":                       {"", model.Invalid, "empty"},
		"only blanks":                 {"\xef\xbb\xbf \r\n\r\n", model.Invalid, "empty"},
		"PDF":                         {"%PDF-1.7\n", model.Invalid, "PDF"},
		"web page without a table":    {"<html><body></body></html>", model.Invalid, "no table"},
		"XML of another program":      {`<?xml version="1.0"?><invoice/>`, model.Invalid, "XML file"},
		"rich text":                   {`{\rtf1 x}`, model.Invalid, "text document"},
		"picture":                     {"\x89PNG\r\n\x1a\n", model.Invalid, "picture"},
		"gzip":                        {"\x1f\x8b\x08", model.Invalid, "unpack"},
		"program":                     {"\x7fELF\x01\x02\x03\x04\x05\x06", model.Invalid, "not a table"},
		"old XLS":                     {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + string(utf16Name("Workbook")), model.Invalid, "XLS format"},
		"spreadsheet with a password": {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + string(utf16Name("EncryptedPackage")), model.Refused, "password"},
		"half an XLSX":                {"PK\x03\x04abcdefgh", model.Damaged, "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := openBytes(t, []byte(c.content))
			require.ErrorContains(t, err, c.says)
			require.Equal(t, c.code, model.CodeOf(err))
		})
	}
}

func TestMissingFileAndFolderAreNamed(t *testing.T) {
	_, err := Open(filepath.Join(t.TempDir(), "gone.csv"))
	require.Equal(t, model.NotFound, model.CodeOf(err))
	require.ErrorContains(t, err, "gone.csv")
	_, err = Open(t.TempDir())
	require.ErrorContains(t, err, "is a folder")
	_, err = FromText(" \n")
	require.ErrorContains(t, err, "nothing to paste")
}
