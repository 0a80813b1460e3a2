package sheet

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestStrayQuotationMarksAreEachLookedAtOnce(t *testing.T) {
	for name, content := range map[string]string{
		"on one line":           "IMEI,Model\n" + strings.Repeat(`"x"y,`, 12000),
		"on lines of their own": "IMEI,Model\n" + strings.Repeat("\"x\"\"y\n", 60000),
		"in pairs":              "IMEI,Model\n" + strings.Repeat("\"x\"y,\"\"z\n", 60000),
		"in runs":               strings.Repeat(`"`, 200000) + "x\n" + strings.Repeat(`""x,`, 12000),
		"before one that ends":  strings.Repeat("\"x\"\"y,\n", 30000) + `z"`,
		"with blanks":           strings.Repeat(`"x" y,"  `, 12000),
	} {
		t.Run(name, func(t *testing.T) {
			r := newTextReader(strings.NewReader(content), ',')
			var err error
			for err == nil {
				err = r.next()
			}
			require.Equal(t, io.EOF, err)
			require.Less(t, r.looked, 3*len(content))
		})
	}
}

func TestListOfStrayQuotationMarksIsReadWhole(t *testing.T) {
	content, err := os.ReadFile(filepath.Join("testdata", "faults", "stray-quotes-60k.csv"))
	require.NoError(t, err)
	lines := readBytes(t, string(content))
	require.Equal(t, []string{"351921580053066", "S24"}, lines[1].cells)
	require.Equal(t, `"x"y`, lines[2].cells[0])
	require.Equal(t, bytes.Count(content, []byte("\n")), len(lines))
}
