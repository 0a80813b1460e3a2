package sheet

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func rowsOfText(t *testing.T, text string) (rows []string) {
	t.Helper()
	file, err := FromText(text)
	require.NoError(t, err)
	for row, err := range file.Rows(context.Background(), 0) {
		require.NoError(t, err)
		rows = append(rows, strings.Join(row.Cells, "|"))
	}
	return rows
}

func TestObjectsOfJSONAndXMLAreRows(t *testing.T) {
	for name, c := range map[string]struct{ text, rows string }{
		"array": {`[{"imei":"351921580053066","sn":"R5X477CVWFC"},{"imei":490154203237518}]`,
			"imei|sn\n351921580053066|R5X477CVWFC\n490154203237518"},
		"lines":      {"{\"imei\":\"351921580053066\"}\n{\"imei\":\"490154203237518\"}\n", "imei\n351921580053066\n490154203237518"},
		"one object": {`{"imei":"351921580053066","imei2":"490154203237518"}`, "imei|imei2\n351921580053066|490154203237518"},
		"nested": {`{"order":"A1","list":[{"ids":{"imei":["351921580053066","490154203237518"]},"apps":[{"n":1},{"n":2}]}]}`,
			"order|ids imei|ids imei 2|apps n|apps 2 n\nA1|351921580053066|490154203237518|1|2"},
		"many in one": {`{"imei":["351921580053066","490154203237518","356938035643809"]}`,
			"imei\n351921580053066\n490154203237518\n356938035643809"},
		"named in two ways": {`[{"imei2":"490154203237518","imei":"351921580053066","sn":"R5X477CVWFC"},` +
			`{"imeis":["356938035643809","351442111234570"]},{"imei":"351442111234588","sims":[{"imei":"351442111234588"}]}]`,
			"IMEI|IMEI 2|sn\n351921580053066|490154203237518|R5X477CVWFC\n356938035643809|351442111234570\n351442111234588"},
		"an exchange": {`[{"oldImei":"351921580053066","imei":"490154203237518","imei2":"356938035643809"}]`,
			"oldImei|imei|imei2\n351921580053066|490154203237518|356938035643809"},
		"values": {`["351921580053066","490154203237518"]`, "351921580053066\n490154203237518"},
		"names": {`{"351921580053066":{"sn":"R5X477CVWFC"},"490154203237518":null}`,
			"Identifier|sn\n351921580053066|R5X477CVWFC\n490154203237518"},
		"elements": {`<list no="A1"><d><imei>351921580053066</imei></d><d><imei>490154203237518</imei></d></list>`,
			"list no|imei\nA1|351921580053066\nA1|490154203237518"},
		"attributes": {`<?xml version="1.0"?><list><d imei="351921580053066" sn="R5X477CVWFC"/></list>`,
			"list d imei|list d sn\n351921580053066|R5X477CVWFC"},
		"comments":  {`<d><!-- 490154203237518 --><imei>351921580053066</imei></d>`, "d|d imei\n490154203237518|351921580053066"},
		"no object": {`[IMEI] list`, "[IMEI] list"},
		"no device": {`{"a":1}`, `{"a":1}`},
		"cut off":   {`[{"imei":"351921580053066"}`, `[{"imei":"351921580053066"}`},
		"nests deeply": {strings.Repeat("[", 200) + `"351921580053066"` + strings.Repeat("]", 200),
			strings.Repeat("[", 200) + `"351921580053066"` + strings.Repeat("]", 200)},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, c.rows, strings.TrimRight(strings.ReplaceAll(strings.Join(rowsOfText(t, c.text), "\n"), "|\n", "\n"), "|"))
		})
	}
}

// A wide object around many small ones would multiply.
func TestRecordsThatMultiplyAreReadAsText(t *testing.T) {
	var b strings.Builder
	b.WriteString("{")
	for i := range 2000 {
		fmt.Fprintf(&b, `"n%d":"x",`, i)
	}
	b.WriteString(`"list":[`)
	for i := range 10_000 {
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString(`{"imei":"351921580053066"}`)
	}
	b.WriteString("]}")
	require.Len(t, rowsOfText(t, b.String()), 1)
}

func TestFileOfXMLIsReadWhereItHoldsDevices(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.xml")
	require.NoError(t, os.WriteFile(path, []byte(`<?xml version="1.0" encoding="UTF-8"?><l><d><imei>351921580053066</imei></d></l>`), 0o600))
	file, err := Open(path)
	require.NoError(t, err)
	defer file.Close()
	require.NoError(t, os.WriteFile(path, []byte(`<?xml version="1.0"?><l>none</l>`), 0o600))
	_, err = Open(path)
	require.ErrorContains(t, err, "XML")
}
