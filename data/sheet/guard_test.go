package sheet

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// cutBy cuts a CSV into cells as a spreadsheet does whose separator is another: a quotation mark counts at the start of a
// cell only, and what stands between marks that close may be followed by more text.
func cutBy(content string, separator rune) []string {
	var cells []string
	cell, quoted, start := "", false, true
	runes := []rune(content)
	for i := 0; i < len(runes); i++ {
		switch c := runes[i]; {
		case quoted && c == '"' && i+1 < len(runes) && runes[i+1] == '"':
			cell += `"`
			i++
		case quoted && c == '"':
			quoted = false
		case quoted:
			cell += string(c)
		case start && c == '"':
			quoted, start = true, false
		case c == separator || c == '\n' || c == '\r':
			cells, cell, start = append(cells, cell), "", true
		default:
			cell, start = cell+string(c), false
		}
	}
	return append(cells, cell)
}

func TestNoSpreadsheetOfAnySeparatorRunsACell(t *testing.T) {
	texts := []string{"=1+1", "＝1+1", "＋1", "－1", "＠SUM(1)", "\n=1", "\t=1", "\r=1", "a;=1", "a\t=1", "a|@b", "a,+b", "a\n=1", "a\r\n=1",
		`a;"=1"`, `";""=1`, "'=1", `x";=1;"y`, "a;＝1", "';=1", `"";=1`, "=", ";=", "a;;=1", "\"\n\"=1"}
	for _, separator := range []byte(separators) {
		path := filepath.Join(t.TempDir(), "list.csv")
		rows := make([][]string, len(texts))
		for i, text := range texts {
			rows[i] = []string{"351921580053066", text, "x"}
		}
		writeTable(t, path, Table{Columns: textColumns("IMEI", "Model", "Tags"), Separator: separator}, rows)
		content, err := os.ReadFile(path)
		require.NoError(t, err)
		for _, other := range separators {
			for _, cell := range cutBy(strings.TrimPrefix(string(content), string(utf8BOM)), other) {
				start, _ := utf8.DecodeRuneInString(cell)
				require.False(t, strings.ContainsRune(startsFormula, start), "%q runs where the separator is %q and the file's %q", cell, other,
					separator)
			}
		}
		f, err := Open(path)
		require.NoError(t, err)
		lines := readAll(t, f, 0)
		require.Len(t, lines, len(rows)+1)
		for i, row := range rows {
			require.Equal(t, row, lines[i+1].cells)
		}
	}
}

func TestEveryGuardIsTakenBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a=＝@'";,\t\r\n -]*`).Draw(t, "text")
		guarded := guard(text)
		require.Equal(t, text, unguard(guarded))
		w := newCSVWriter(nil, Table{Separator: ','})
		w.buf = w.buf[:0]
		w.cell(0, text, true)
		r := newTextReader(strings.NewReader(string(w.buf)), ',')
		if text != "" {
			require.NoError(t, r.next())
			require.Equal(t, []string{text}, r.cells)
			require.Contains(t, string(w.buf), strings.ReplaceAll(guarded, `"`, `""`), "the quick look of the writer lets no cell pass")
		}
	})
}
